extension StatementParser {
  /// Reads an `if` with its branches. A chain of `else if` is read in a loop: chains may be long.
  mutating func readIf(in block: Int32, until end: Int) {
    var chain: [Int] = []
    var block = block
    while true {
      let node = add(.if, in: block)
      chain.append(node)
      index += 1
      readHead(of: node, until: end)
      readBody(.thenBranch, of: node, until: end)
      guard index < end, tokens[index].is(.else) else { break }
      index += 1
      guard index < end, tokens[index].is(.if) else {
        readBody(.elseBranch, of: node, until: end)
        break
      }
      block = addBody(.elseBranch, of: node)
    }
    for node in chain { finish(node) }
  }

  /// Reads a statement of the form `word (head) body`.
  mutating func readHeaded(_ kind: Statement.Kind, _ role: Block.Role, in block: Int32, until end: Int) {
    let node = add(kind, in: block)
    index += 1
    readHead(of: node, until: end)
    readBody(role, of: node, until: end)
    finish(node)
  }

  mutating func readDo(in block: Int32, until end: Int) {
    let node = add(.doWhile, in: block)
    index += 1
    readBody(.doBody, of: node, until: end)
    if index < end, tokens[index].is(.while) {
      index += 1
      readHead(of: node, until: end)
      if index < end, tokens[index].is(.semicolon) { index += 1 }
    }
    finish(node)
  }

  /// Reads the parentheses behind `if` and its like; a macro may stand before them: `if likely(x)`.
  mutating func readHead(of node: Int, until end: Int) {
    var open = index
    if open + 1 < end, tokens[open].isIdentifier, tokens[open + 1].is(.leftParenthesis) { open += 1 }
    guard open < end, tokens[open].is(.leftParenthesis), let close = brackets.partner(of: open), close < end
    else { return }
    let first = open == index ? open + 1 : index
    let last = open == index ? close - 1 : close
    if last >= first {
      statements[node].headFirst = Int32(first)
      statements[node].headLast = Int32(last)
      readInnerBlocks(first..<(last + 1), of: node)
    }
    index = close + 1
  }

  /// Reads `case value:`, `case low ... high:` or `default:`.
  mutating func readCase(_ kind: Statement.Kind, in block: Int32, until end: Int) {
    let node = add(kind, in: block)
    index += 1
    let first = index
    var questions = 0
    while index < end {
      let token = tokens[index]
      if token.is(.colon) {
        if questions == 0 { break }
        questions -= 1
      }
      if token.is(.question) { questions += 1 }
      if token.is(.semicolon) || token.is(.leftBrace) || token.is(.rightBrace) { break }
      index = min(end, (brackets.partner(of: index).map { max($0, index) } ?? index) + 1)
    }
    if kind == .caseLabel && index > first {
      statements[node].headFirst = Int32(first)
      statements[node].headLast = Int32(index - 1)
    }
    if index < end, tokens[index].is(.colon) { index += 1 }
    finish(node)
  }

  /// Reads `return value;`, `goto label;`, `break;` or `continue;`.
  mutating func readJump(_ kind: Statement.Kind, in block: Int32, until end: Int) {
    let node = add(kind, in: block)
    index += 1
    if kind == .goto, index < end, tokens[index].isIdentifier { statements[node].name = Int32(index) }
    if kind == .return || kind == .goto {
      skipExpression(until: end)
    }
    if index < end, tokens[index].is(.semicolon) { index += 1 }
    readInnerBlocks(Int(statements[node].first)..<index, of: node)
    finish(node)
  }

  /// Moves to the semicolon, the closing brace or the statement's word that ends an expression.
  mutating func skipExpression(until end: Int) {
    while index < end {
      switch tokens[index].kind {
      case .punctuator(.semicolon), .punctuator(.rightBrace): return
      case .keyword(let keyword) where keyword.beginsStatement: return
      default: index = min(end, (brackets.partner(of: index).map { max($0, index) } ?? index) + 1)
      }
    }
  }
}
