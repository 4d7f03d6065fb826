/// What a macro's replacement text may do when it stands where a statement stands.
public struct MacroBody: Sendable, Hashable {
  /// It jumps out of itself or is jumped into: `return`, `goto`, a label, and `break`, `continue` or `case` that
  /// belong to a loop or switch around the macro.
  public var mayJump: Bool
  /// It holds more than one statement, or a statement with parts: `;`, `{`, `do`, `for`, `while`, `if`, `switch`.
  public var hasStatements: Bool
  /// The identifiers in it: macros among them expand in turn.
  public var identifiers: Set<String>
  /// The names that a parenthesis follows: functions and macros that it calls.
  public var calledNames: Set<String>
  /// Whether a parenthesis follows a closing bracket: a call through a pointer, or the operand of a cast.
  public var mayCallPointer: Bool
  /// Whether it calls what it is given: a parameter is among those names.
  public var callsParameter = false
  /// The variables that it changes by name.
  public var writtenVariables: Set<String>
  /// The members that it changes by name.
  public var writtenMembers: Set<String>
  /// It changes one of its arguments, takes its address, or pastes it into another name.
  public var changesArgument: Bool
  /// The positions of the parameters that it changes, or whose address it takes, itself.
  public var changedParameters: Set<Int>
  /// What it hands on to functions and macros in it.
  public var calls: Set<NamedCall>

  /// Reads a replacement text; `names` are the parameters in their order.
  init(_ text: TokenizedText, names: [String]) {
    let parameters = Set(names)
    changedParameters = text.changedParameters(names)
    calls = Set(text.calls(in: text.tokens.indices, parameters: names))
    changesArgument = text.tokens.indices.contains { index in
      text.tokens[index].isIdentifier && parameters.contains(text.text(of: text.tokens[index]))
        && text.mayChangeParameter(at: index)
    }
    hasStatements = false
    identifiers = []
    calledNames = text.calledNames
    mayCallPointer = text.mayCallPointer
    let changed = text.tokens.indices.filter { text.tokens[$0].isIdentifier && text.change(at: $0) != nil }
    writtenVariables = Set(
      changed.filter { !text.isMember(at: $0) }.map { text.text(of: text.tokens[$0]) })
    writtenMembers = Set(changed.filter { text.isMember(at: $0) }.map { text.text(of: text.tokens[$0]) })
    var jumps = false
    for token in text.tokens {
      switch token.kind {
      case .identifier: identifiers.insert(text.text(of: token))
      case .keyword(let keyword):
        hasStatements = hasStatements || [.do, .for, .while, .if, .switch].contains(keyword)
        jumps = jumps || [.return, .goto, .break, .continue, .case, .default].contains(keyword)
      case .punctuator(let punctuator):
        if punctuator == .semicolon || punctuator == .leftBrace { hasStatements = true }
      case .number, .character, .string, .unknown: break
      }
    }
    mayJump = jumps && !Self.keepsJumpsInside(text.bytes)
  }

  /// Whether the jumps of a text stay inside it: it is read as the body of a function.
  private static func keepsJumpsInside(_ text: [UInt8]) -> Bool {
    let plain = String(decoding: text, as: UTF8.self).replacing("\\\n", with: "\n")
    let file = SourceFile(bytes: Array("void f(void) {\n\(plain);\n}\n".utf8))
    guard file.functionBodies.count == 1, let body = file.functionBodies.first?.body else { return false }
    return body.statements.allSatisfy(\.keepsControl)
  }

  /// Takes in another definition of the same name: under conditionals either may be the one in force.
  public mutating func merge(_ other: MacroBody) {
    mayJump = mayJump || other.mayJump
    hasStatements = hasStatements || other.hasStatements
    calledNames.formUnion(other.calledNames)
    mayCallPointer = mayCallPointer || other.mayCallPointer
    callsParameter = callsParameter || other.callsParameter
    changesArgument = changesArgument || other.changesArgument
    identifiers.formUnion(other.identifiers)
    writtenVariables.formUnion(other.writtenVariables)
    writtenMembers.formUnion(other.writtenMembers)
    changedParameters.formUnion(other.changedParameters)
    calls.formUnion(other.calls)
  }

  /// The macros that a source file defines, whatever the conditionals around them; several definitions of one
  /// name are merged.
  public static func definitions(in bytes: [UInt8]) -> [String: MacroBody] {
    var result: [String: MacroBody] = [:]
    for directive in Lexer.read(bytes).directives where directive.kind == .define {
      guard let (name, body) = definition(bytes, directive) else { continue }
      if result[name]?.merge(body) == nil { result[name] = body }
    }
    return result
  }

  private static func definition(_ bytes: [UInt8], _ directive: Directive) -> (String, MacroBody)? {
    let text = Array(bytes[directive.bodyOffset..<max(directive.bodyOffset, directive.endOffset)])
    let nameEnd = text.firstIndex { !isWord($0) } ?? text.endIndex
    guard nameEnd > 0 else { return nil }
    var start = nameEnd
    var parameters: [String] = []
    // A parameter list stands immediately behind the name.
    if start < text.endIndex, text[start] == UInt8(ascii: "("),
      let close = text[start...].firstIndex(of: UInt8(ascii: ")"))
    {
      let list = TokenizedText(Array(text[nameEnd..<close]))
      parameters = list.tokens.filter(\.isIdentifier).map { list.text(of: $0) }
      start = close + 1
    }
    var body = MacroBody(TokenizedText(Array(text[start...])), names: parameters)
    body.callsParameter = !body.calledNames.isDisjoint(with: parameters)
    return (String(decoding: text[..<nameEnd], as: UTF8.self), body)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension TokenizedText {
  fileprivate var calledNames: Set<String> {
    let called = tokens.indices.dropLast().filter {
      tokens[$0].isIdentifier && tokens[$0 + 1].is(.leftParenthesis)
    }
    return Set(called.map { text(of: tokens[$0]) })
  }

  fileprivate var mayCallPointer: Bool {
    tokens.indices.dropLast().contains { index in
      (tokens[index].is(.rightParenthesis) || tokens[index].is(.rightBracket))
        && tokens[index + 1].is(.leftParenthesis)
    }
  }

  /// Whether a parameter of a macro may change: like a name in code, and in parentheses of its own.
  func mayChangeParameter(at index: Int) -> Bool {
    if change(at: index) != nil { return true }
    var first = index
    var last = index
    while first > 0, last + 1 < tokens.count, tokens[first - 1].is(.leftParenthesis),
      tokens[last + 1].is(.rightParenthesis)
    {
      first -= 1
      last += 1
    }
    if last + 1 < tokens.count, tokens[last + 1].assigns || tokens[last + 1].is(.hashHash) { return true }
    guard first > 0 else { return false }
    let before = tokens[first - 1]
    if before.is(.increment) || before.is(.decrement) || before.is(.hashHash) { return true }
    return isUnaryAmpersand(first - 1)
  }
}

extension SourceFile {
  /// The identifiers of an extent, each once.
  public func identifiers(in extent: SourceExtent) -> Set<String> {
    let text = TokenizedText(Array(bytes[extent.start.offset...extent.end.offset]))
    return Set(text.tokens.filter(\.isIdentifier).map { text.text(of: $0) })
  }
}

extension Statement {
  /// The names before a parenthesis in the statement's text, bodies included: what it calls, macros among it.
  public var calledNames: Set<String> { file.words(in: extent).calledNames }

  /// Whether a parenthesis follows a closing bracket in the statement's text: a call through a pointer, or the operand
  /// of a cast.
  public var mayCallPointer: Bool { file.words(in: extent).mayCallPointer }

  /// The identifiers that the statement's text holds, bodies included.
  public var identifiers: Set<String> { file.identifiers(in: extent) }
}
