/// Which bracket closes which.
struct BracketTable {
  /// For each token that is a bracket, the index of its partner; -1 for others and for brackets without one.
  private let partners: [Int32]

  /// Braces outrank parentheses and brackets: a `}` closes its `{` even when a `(` between them is still open.
  ///
  /// When the braces of the file do not balance (macros may hide some), the layout helps: a brace in the first
  /// column begins or ends a function, so that the damage ends with it.
  init(_ tokens: [Token], lines: LineTable) {
    var matcher = Matcher(count: tokens.count)
    for (index, token) in tokens.enumerated() { matcher.read(token, index) }
    if matcher.isUnbalanced || matcher.openBraces > 0 {
      matcher = Matcher(count: tokens.count)
      for (index, token) in tokens.enumerated() {
        matcher.readByLayout(token, index, isFirstColumn: lines.offset(ofLine: token.line) == token.offset)
      }
    }
    partners = matcher.partners
  }

  /// The index of the token's partner; nil when it is no bracket or has none.
  func partner(of index: Int) -> Int? {
    partners[index] >= 0 ? Int(partners[index]) : nil
  }

  private struct Matcher {
    private(set) var partners: [Int32]
    private(set) var isUnbalanced = false
    private(set) var openBraces = 0
    private var stack: [(index: Int32, closer: Punctuator)] = []

    init(count: Int) { partners = Array(repeating: -1, count: count) }

    mutating func read(_ token: Token, _ index: Int) {
      guard case .punctuator(let punctuator) = token.kind else { return }
      switch punctuator {
      case .leftParenthesis: stack.append((Int32(index), .rightParenthesis))
      case .leftBracket: stack.append((Int32(index), .rightBracket))
      case .leftBrace:
        openBraces += 1
        stack.append((Int32(index), .rightBrace))
      case .rightBrace: closeBrace(index)
      case .rightParenthesis, .rightBracket:
        if let top = stack.last, top.closer == punctuator {
          stack.removeLast()
          pair(top.index, index)
        }
      default: return
      }
    }

    mutating func readByLayout(_ token: Token, _ index: Int, isFirstColumn: Bool) {
      if isFirstColumn && token.is(.leftBrace) {
        stack.removeAll()
        openBraces = 0
      }
      if isFirstColumn && token.is(.rightBrace),
        let bottom = stack.firstIndex(where: { $0.closer == .rightBrace })
      {
        stack.removeSubrange((bottom + 1)...)
        openBraces = 1
      }
      read(token, index)
    }

    private mutating func closeBrace(_ index: Int) {
      guard openBraces > 0 else {
        isUnbalanced = true
        return
      }
      while let top = stack.popLast() {
        guard top.closer == .rightBrace else { continue }
        openBraces -= 1
        pair(top.index, index)
        return
      }
    }

    private mutating func pair(_ open: Int32, _ close: Int) {
      partners[Int(open)] = Int32(close)
      partners[close] = open
    }
  }
}
