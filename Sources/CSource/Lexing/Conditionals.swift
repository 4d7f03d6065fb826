/// What the preprocessor's conditionals do to a source whose configuration is not known.
///
/// `#if 0` and code for C++ are excluded. A branch that holds a line known to be compiled excludes its alternatives.
/// Of other conditionals every branch is kept, as if all conditions were true, unless a branch opens or closes
/// brackets that it does not balance (`if (a) {` against `if (b) {`): then the first branch stands for all, so
/// that the brackets of the whole stay balanced.
struct Conditionals {
  /// A run of the source that is not read.
  struct Dropped: Hashable {
    enum Reason: Hashable {
      /// Never compiled.
      case alwaysFalse
      /// Another branch of the same conditional was kept in its stead.
      case alternative
    }
    let reason: Reason
    let tokens: Range<Int>
    /// From behind the directive that begins the branch to the one that ends it.
    let offsets: Range<Int>
  }

  /// Sorted by their start; one may lie within another.
  private(set) var dropped: [Dropped] = []
  /// The innermost branch from each offset on, nil for none; sorted by offset.
  private(set) var branchChanges: [(offset: Int, branch: Int?)] = []

  private var farthest: [Int] = []
  private var farthestFalse: [Int] = []

  private struct Branch {
    let startToken: Int
    let startOffset: Int
    var endToken = 0
    var endOffset = 0
    let isAlwaysFalse: Bool
    /// The brackets of inner branches that were dropped.
    var droppedBrackets = Balance.zero
    let number: Int
  }
  private struct Group {
    var branches: [Branch]
    /// Whether some branch so far is certain, so that every later one is never compiled.
    var isDecided: Bool
  }

  private var groups: [Group] = []
  private var branchCount = 0
  /// For each branch, the number of its first alternative: equal for all branches of one conditional.
  private var firstAlternatives: [Int] = []
  private let sums: [Balance]
  private let compiledOffsets: [Int]

  /// Braces and parentheses opened less those closed.
  private typealias Balance = SIMD2<Int32>

  /// - Parameter compiledOffsets: places that are known to be compiled, ascending.
  init(bytes: [UInt8], tokens: [Token], directives: [Directive], compiledOffsets: [Int] = []) {
    self.compiledOffsets = compiledOffsets
    sums = directives.contains { $0.kind != .define && $0.kind != .other } ? Self.sums(of: tokens) : []
    for directive in directives { read(directive, ConditionReader(bytes, directive)) }
    while !groups.isEmpty { closeGroup(token: tokens.count, offset: bytes.count) }
    dropped.sort {
      ($0.offsets.lowerBound, -$0.offsets.upperBound) < ($1.offsets.lowerBound, -$1.offsets.upperBound)
    }
    measureDropped()
  }

  private static func sums(of tokens: [Token]) -> [Balance] {
    var sum = Balance.zero
    return [sum]
      + tokens.map { token in
        switch token.kind {
        case .punctuator(.leftBrace): sum.x += 1
        case .punctuator(.rightBrace): sum.x -= 1
        case .punctuator(.leftParenthesis): sum.y += 1
        case .punctuator(.rightParenthesis): sum.y -= 1
        case .identifier, .keyword, .number, .character, .string, .punctuator, .unknown: break
        }
        return sum
      }
  }

  private mutating func read(_ directive: Directive, _ condition: ConditionReader) {
    switch directive.kind {
    case .if, .ifdef, .ifndef:
      groups.append(Group(branches: [], isDecided: false))
      openBranch(directive, value: condition.value)
    case .elif, .else:
      guard !groups.isEmpty else { return }
      closeBranch(token: directive.tokenIndex, offset: directive.offset)
      openBranch(directive, value: directive.kind == .else ? nil : condition.value)
    case .endif:
      guard !groups.isEmpty else { return }
      closeGroup(token: directive.tokenIndex, offset: directive.offset)
      branchChanges.append((directive.endOffset, groups.last?.branches.last?.number))
    case .define, .other:
      return
    }
  }

  private mutating func openBranch(_ directive: Directive, value: Bool?) {
    let group = groups.count - 1
    let isFalse = value == false || groups[group].isDecided
    if value == true { groups[group].isDecided = true }
    groups[group].branches.append(
      Branch(
        startToken: directive.tokenIndex, startOffset: directive.endOffset, isAlwaysFalse: isFalse,
        number: branchCount))
    branchChanges.append((directive.offset, branchCount))
    firstAlternatives.append(groups[group].branches[0].number)
    branchCount += 1
  }

  private mutating func closeBranch(token: Int, offset: Int) {
    let group = groups.count - 1
    let branch = groups[group].branches.count - 1
    groups[group].branches[branch].endToken = token
    groups[group].branches[branch].endOffset = max(offset, groups[group].branches[branch].startOffset)
  }

  private mutating func closeGroup(token: Int, offset: Int) {
    closeBranch(token: token, offset: offset)
    let branches = groups.removeLast().branches
    let possible = branches.filter { !$0.isAlwaysFalse }
    let compiled = possible.first(where: holdsCompiled)
    let isUnbalanced = possible.count > 1 && possible.contains { balance(of: $0) != .zero }
    let only = compiled ?? (isUnbalanced ? possible.first : nil)
    for branch in branches {
      if branch.isAlwaysFalse {
        drop(branch, .alwaysFalse)
      } else if let only, branch.number != only.number {
        drop(branch, .alternative)
      } else if let outer = groups.last?.branches.count {
        groups[groups.count - 1].branches[outer - 1].droppedBrackets &+= branch.droppedBrackets
      }
    }
  }

  private mutating func drop(_ branch: Branch, _ reason: Dropped.Reason) {
    dropped.append(
      Dropped(
        reason: reason, tokens: branch.startToken..<branch.endToken,
        offsets: branch.startOffset..<branch.endOffset))
    guard let outer = groups.last?.branches.count else { return }
    let all = sums[branch.endToken] &- sums[branch.startToken]
    groups[groups.count - 1].branches[outer - 1].droppedBrackets &+= all
  }

  /// The brackets that the branch opens, less those that it closes.
  private func balance(of branch: Branch) -> Balance {
    sums[branch.endToken] &- sums[branch.startToken] &- branch.droppedBrackets
  }

  private func holdsCompiled(_ branch: Branch) -> Bool {
    var low = 0
    var high = compiledOffsets.count
    while low < high {
      let middle = (low + high) / 2
      if compiledOffsets[middle] < branch.startOffset { low = middle + 1 } else { high = middle }
    }
    return low < compiledOffsets.count && compiledOffsets[low] < branch.endOffset
  }

  /// Whether the two offsets lie in different branches of one conditional, so that only one can be compiled.
  func areAlternatives(_ first: Int, _ second: Int) -> Bool {
    guard let one = branch(at: first), let other = branch(at: second), one != other else { return false }
    return firstAlternatives[one] == firstAlternatives[other]
  }

  /// The tokens that are left, in order.
  func kept(_ tokens: [Token], droppedFor reasons: [Dropped.Reason]) -> [Token] {
    var kept: [Token] = []
    kept.reserveCapacity(tokens.count)
    var next = 0
    for region in dropped where reasons.contains(region.reason) && region.tokens.upperBound > next {
      if region.tokens.lowerBound > next { kept += tokens[next..<region.tokens.lowerBound] }
      next = region.tokens.upperBound
    }
    return next == 0 ? tokens : kept + tokens[next...]
  }

  /// The number of the innermost branch around an offset; nil outside of all conditionals.
  func branch(at offset: Int) -> Int? {
    var low = 0
    var high = branchChanges.count
    while low < high {
      let middle = (low + high) / 2
      if branchChanges[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : branchChanges[low - 1].branch
  }

  /// Why the offset is not read; nil when it is.
  func reason(at offset: Int) -> Dropped.Reason? {
    var low = 0
    var high = dropped.count
    while low < high {
      let middle = (low + high) / 2
      if dropped[middle].offsets.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    if farthestFalse[low - 1] > offset { return .alwaysFalse }
    return farthest[low - 1] > offset ? .alternative : nil
  }

  /// For each dropped region, the farthest end of it and those before it: of all, and of those never compiled.
  private mutating func measureDropped() {
    var (all, never) = (0, 0)
    for region in dropped {
      all = max(all, region.offsets.upperBound)
      if region.reason == .alwaysFalse { never = max(never, region.offsets.upperBound) }
      farthest.append(all)
      farthestFalse.append(never)
    }
  }
}

/// Reads the few conditions whose value is plain in any configuration.
private struct ConditionReader {
  /// nil when the configuration decides.
  let value: Bool?

  init(_ bytes: [UInt8], _ directive: Directive) {
    switch directive.kind {
    case .if, .elif, .ifdef, .ifndef: break
    case .else, .endif, .define, .other:
      value = nil
      return
    }
    let tokens = Lexer.readPart(
      bytes, from: directive.bodyOffset, to: directive.endOffset, line: directive.line)
    let words = tokens.prefix(8).map { String(decoding: bytes[$0.offset..<$0.endOffset], as: UTF8.self) }
    switch directive.kind {
    case .ifdef: value = words == ["__cplusplus"] ? false : nil
    case .ifndef: value = words == ["__cplusplus"] ? true : nil
    default: value = Self.constant(words)
    }
  }

  private static func constant(_ words: [String]) -> Bool? {
    switch words {
    case ["defined", "(", "__cplusplus", ")"], ["defined", "__cplusplus"]: return false
    case ["!", "defined", "(", "__cplusplus", ")"], ["!", "defined", "__cplusplus"]: return true
    default: break
    }
    guard let first = words.first, let number = Int(first) else { return nil }
    if words.count == 1 { return number != 0 }
    if words[1] == "&&" && number == 0 && !words.contains("||") { return false }
    return words[1] == "||" && number != 0 ? true : nil
  }
}
