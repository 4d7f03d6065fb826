/// A place in a function's text that changes an object by name.
public struct WrittenPlace: Sendable, Hashable {
  /// The variable's name, or of `a->b.c = …` the last member's.
  public let name: String
  public let isMember: Bool
  public let way: Way
  /// Whether the new value comes of the old one: `+=` and kin, `++`, `--`.
  public let isUpdate: Bool
  /// Whether it is not the object of the name that changes but one reached through it: `*p = …`, `a[i] = …`.
  public let isIndirect: Bool
  /// Whether running the statement adds to the object or takes from it: `++`, `--`, `+=`, `-=`, in no branch of an
  /// expression.
  public let isStep: Bool
  /// The number that is assigned, when it is written as one.
  public let number: Int64?
  /// The variable that is assigned, when it is nothing but its name.
  public let source: String?
  /// The lines of the statement or of the part of a head.
  public let lines: ClosedRange<Int>

  public enum Way: Sendable, Hashable {
    case assigned
    /// Its address is taken: what gets it may write.
    case byAddress
    /// The text of a macro changes it.
    case inMacro
  }

  public init(
    name: String, isMember: Bool, way: Way, lines: ClosedRange<Int>, isUpdate: Bool = false,
    isIndirect: Bool = false, isStep: Bool = false, number: Int64? = nil, source: String? = nil
  ) {
    self.name = name
    self.isMember = isMember
    self.way = way
    self.isUpdate = isUpdate
    self.isIndirect = isIndirect
    self.isStep = isStep
    self.number = number
    self.source = source
    self.lines = lines
  }
}

/// What a function's text changes by name, macros not expanded.
public struct FunctionWrites: Sendable {
  public let places: [WrittenPlace]
  /// What may be a macro's use, with the lines of the statement that it stands in.
  public let calls: [(call: NamedCall, lines: ClosedRange<Int>)]

  init(_ text: TokenizedText, firstLine: Int) {
    var places: [WrittenPlace] = []
    var calls: [(call: NamedCall, lines: ClosedRange<Int>)] = []
    var start = 0
    for end in text.tokens.indices where text.tokens[end].endsRun || end == text.tokens.count - 1 {
      let lines = (firstLine + text.tokens[start].line - 1)...(firstLine + text.tokens[end].line - 1)
      let isWhole = !text.tokens[start...end].contains(where: \.branches)
      for index in start...end where text.tokens[index].isIdentifier {
        let name = text.text(of: text.tokens[index])
        if let way = text.change(at: index) {
          places.append(
            WrittenPlace(
              name: name, isMember: text.isMember(at: index), way: way, lines: lines,
              isUpdate: text.isUpdate(at: index), isIndirect: text.isIndirect(at: index),
              isStep: isWhole && text.isStep(at: index),
              number: text.assignedNumber(at: index), source: text.assignedName(at: index)))
        } else if let call = text.call(at: index, before: end + 1, []) {
          calls.append((call, lines))
        }
      }
      start = end + 1
    }
    self.places = places
    self.calls = calls
  }
}

extension FunctionBody {
  public var writes: FunctionWrites {
    FunctionWrites(file.words(in: extent), firstLine: extent.start.line)
  }
}

extension TokenizedText {
  func isMember(at index: Int) -> Bool {
    index > 0 && (tokens[index - 1].is(.dot) || tokens[index - 1].is(.arrow))
  }

  /// How the lvalue that ends with the name, or with its subscripts, is changed; nil when it is only read.
  func change(at index: Int) -> WrittenPlace.Way? {
    var next = index + 1
    while next < tokens.count, tokens[next].is(.leftBracket) { next = behindBrackets(next) }
    if next < tokens.count, tokens[next].assigns { return .assigned }
    // The name is inside a longer path, whose last member is what changes.
    if next < tokens.count, tokens[next].is(.dot) || tokens[next].is(.arrow) { return nil }
    var first = index
    while first > 0, tokens[first - 1].isPathPart { first -= 1 }
    guard first > 0 else { return nil }
    if tokens[first - 1].is(.increment) || tokens[first - 1].is(.decrement) { return .assigned }
    return isUnaryAmpersand(first - 1) ? .byAddress : nil
  }

  /// Whether what changes the name's object takes its old value.
  func isUpdate(at index: Int) -> Bool {
    if index > 0, tokens[index - 1].is(.increment) || tokens[index - 1].is(.decrement) { return true }
    return index + 1 < tokens.count && tokens[index + 1].assigns && !tokens[index + 1].is(.assign)
  }

  /// Whether the name is stepped: `++`, `--`, `+=`, `-=`.
  func isStep(at index: Int) -> Bool {
    if index > 0, tokens[index - 1].is(.increment) || tokens[index - 1].is(.decrement) { return true }
    guard index + 1 < tokens.count else { return false }
    return [Punctuator.increment, .decrement, .plusAssign, .minusAssign].contains { tokens[index + 1].is($0) }
  }

  /// Whether the name is followed by a subscript, or dereferenced; the `*` of a declarator follows a type.
  func isIndirect(at index: Int) -> Bool {
    if index + 1 < tokens.count {
      if tokens[index + 1].is(.leftBracket) { return true }
      // `*p++ = …` changes `p` as well.
      if tokens[index + 1].is(.increment) || tokens[index + 1].is(.decrement) { return false }
    }
    var before = index
    while before > 0, tokens[before - 1].is(.star) { before -= 1 }
    guard before < index else { return false }
    guard before > 0 else { return true }
    switch tokens[before - 1].kind {
    case .identifier, .keyword: return false
    case .number, .character, .string, .punctuator, .unknown: return true
    }
  }

  /// The number behind the `=` that follows a name, when nothing else is assigned.
  func assignedNumber(at index: Int) -> Int64? {
    guard index + 2 < tokens.count, tokens[index + 1].is(.assign) else { return nil }
    let isNegative = tokens[index + 2].is(.minus)
    let value = isNegative ? index + 3 : index + 2
    guard value < tokens.count, case .number = tokens[value].kind, endsValue(value) else { return nil }
    return integer(text(of: tokens[value])).map { isNegative ? -$0 : $0 }
  }

  /// The name behind the `=` that follows a name, when nothing else is assigned.
  func assignedName(at index: Int) -> String? {
    guard index + 2 < tokens.count, tokens[index + 1].is(.assign), tokens[index + 2].isIdentifier,
      endsValue(index + 2)
    else { return nil }
    return text(of: tokens[index + 2])
  }

  private func endsValue(_ index: Int) -> Bool {
    guard index + 1 < tokens.count else { return true }
    return [Punctuator.semicolon, .comma, .rightParenthesis].contains { tokens[index + 1].is($0) }
  }

  /// The value of an integer constant (C11 6.4.4.1); nil for another number.
  private func integer(_ spelling: String) -> Int64? {
    var digits = spelling.lowercased()[...]
    let radix = digits.hasPrefix("0x") ? 16 : digits.hasPrefix("0") && digits.count > 1 ? 8 : 10
    if radix == 16 { digits = digits.dropFirst(2) }
    while let last = digits.last, "ul".contains(last) { digits.removeLast() }
    return Int64(digits, radix: radix)
  }

  /// The index behind a subscript; that of the end when it is not closed, or nests too deep to be looked through from
  /// each of its brackets.
  private func behindBrackets(_ open: Int) -> Int {
    var depth = 0
    for index in open..<tokens.count {
      if tokens[index].is(.leftBracket) { depth += 1 }
      if tokens[index].is(.rightBracket) { depth -= 1 }
      if depth == 0 { return index + 1 }
      if depth > StatementParser.depthLimit { break }
    }
    return tokens.count
  }

  /// A unary `&`: nothing that ends an operand stands before it.
  func isUnaryAmpersand(_ index: Int) -> Bool {
    guard tokens[index].is(.ampersand) else { return false }
    guard index > 0 else { return true }
    switch tokens[index - 1].kind {
    case .identifier, .number, .character, .string: return false
    case .punctuator(let before): return before != .rightParenthesis && before != .rightBracket
    case .keyword, .unknown: return true
    }
  }
}

extension Token {
  fileprivate var endsRun: Bool { self.is(.semicolon) || self.is(.leftBrace) || self.is(.rightBrace) }

  /// Whether a part of an expression with it may not be evaluated.
  var branches: Bool { self.is(.logicalAnd) || self.is(.logicalOr) || self.is(.question) }

  fileprivate var isPathPart: Bool { isIdentifier || self.is(.dot) || self.is(.arrow) }

  /// `=`, `+=` and kin, `++` and `--` behind an operand.
  var assigns: Bool {
    guard case .punctuator(let mark) = kind else { return false }
    if mark == .increment || mark == .decrement { return true }
    return mark.rawValue.hasSuffix("=") && !["==", "!=", "<=", ">="].contains(mark.rawValue)
  }
}
