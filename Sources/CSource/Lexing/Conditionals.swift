/// What the preprocessor's conditionals do to a source whose configuration is not known.
///
/// `#if 0` and code for C++ are excluded. Of other conditionals every branch is kept, as if all conditions were
/// true, unless a branch opens or closes braces that it does not balance (`if (a) {` against `if (b) {`): then one
/// branch stands for all, so that the braces of the whole stay balanced.
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

  private struct Branch {
    let startToken: Int
    let startOffset: Int
    var endToken = 0
    var endOffset = 0
    let isAlwaysFalse: Bool
    /// The braces of inner branches that were dropped.
    var droppedBraces = 0
    let number: Int
  }
  private struct Group {
    var branches: [Branch]
    /// Whether some branch so far is certain, so that every later one is never compiled.
    var isDecided: Bool
  }

  private var groups: [Group] = []
  private var branchCount = 0
  private let braceSums: [Int32]
  private let preferredOffset: Int?

  /// - Parameter preferredOffset: where one branch must stand for all, the one that holds this offset does.
  init(bytes: [UInt8], tokens: [Token], directives: [Directive], preferredOffset: Int? = nil) {
    self.preferredOffset = preferredOffset
    braceSums = directives.contains { $0.kind != .define && $0.kind != .other } ? Self.sums(of: tokens) : []
    for directive in directives { read(directive, ConditionReader(bytes, directive)) }
    while !groups.isEmpty { closeGroup(token: tokens.count, offset: bytes.count) }
    dropped.sort {
      ($0.offsets.lowerBound, -$0.offsets.upperBound) < ($1.offsets.lowerBound, -$1.offsets.upperBound)
    }
  }

  private static func sums(of tokens: [Token]) -> [Int32] {
    var sum: Int32 = 0
    return [0]
      + tokens.map { token in
        if token.is(.leftBrace) { sum += 1 } else if token.is(.rightBrace) { sum -= 1 }
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
    let isUnbalanced = possible.count > 1 && possible.contains { braces(of: $0) != 0 }
    let kept = isUnbalanced ? (possible.first(where: holdsPreferred) ?? possible.first)?.number : nil
    for branch in branches {
      if branch.isAlwaysFalse {
        drop(branch, .alwaysFalse)
      } else if isUnbalanced && branch.number != kept {
        drop(branch, .alternative)
      } else if let outer = groups.last?.branches.count {
        groups[groups.count - 1].branches[outer - 1].droppedBraces += branch.droppedBraces
      }
    }
  }

  private mutating func drop(_ branch: Branch, _ reason: Dropped.Reason) {
    dropped.append(
      Dropped(
        reason: reason, tokens: branch.startToken..<branch.endToken,
        offsets: branch.startOffset..<branch.endOffset))
    guard let outer = groups.last?.branches.count else { return }
    let all = Int(braceSums[branch.endToken] - braceSums[branch.startToken])
    groups[groups.count - 1].branches[outer - 1].droppedBraces += all
  }

  /// The braces that the branch opens, less those that it closes.
  private func braces(of branch: Branch) -> Int {
    Int(braceSums[branch.endToken] - braceSums[branch.startToken]) - branch.droppedBraces
  }

  private func holdsPreferred(_ branch: Branch) -> Bool {
    preferredOffset.map { branch.startOffset <= $0 && $0 < branch.endOffset } ?? false
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
    let around = dropped.prefix { $0.offsets.lowerBound <= offset }.filter { $0.offsets.contains(offset) }
    return around.contains { $0.reason == .alwaysFalse } ? .alwaysFalse : around.first?.reason
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
