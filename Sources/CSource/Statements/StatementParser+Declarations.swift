extension StatementParser {
  /// Whether the statement at the token is a declaration, decided without knowing any typedef's name.
  func startsDeclaration(_ start: Int, until end: Int) -> Bool {
    var start = start
    while start + 1 < end, tokens[start].is(.extension) { start += 1 }
    switch tokens[start].kind {
    case .keyword(let keyword): return keyword.beginsDeclaration
    case .identifier: break
    case .number, .character, .string, .punctuator, .unknown: return false
    }
    guard start + 1 < end else { return false }
    switch tokens[start + 1].kind {
    case .identifier: return tokens[start + 1].line == tokens[start].line
    case .keyword(let keyword):
      return keyword.beginsDeclaration && tokens[start + 1].line == tokens[start].line
    case .punctuator(.star): return declaresPointer(start + 1, until: end)
    case .punctuator(.leftParenthesis): return declaresFunctionPointer(start + 1, until: end)
    case .number, .character, .string, .punctuator, .unknown: return false
    }
  }

  /// `* name` followed by what may follow a declared name: `a * b;` as an expression would do nothing.
  func declaresPointer(_ star: Int, until end: Int) -> Bool {
    var index = star
    while index < end,
      tokens[index].is(.star) || tokens[index].is(.const) || tokens[index].is(.volatile)
        || tokens[index].is(.restrict)
    {
      index += 1
    }
    guard index + 1 < end, tokens[index].isIdentifier else { return false }
    return endsDeclarator(index + 1) || tokens[index + 1].isIdentifier
  }

  func endsDeclarator(_ index: Int) -> Bool {
    let token = tokens[index]
    return token.is(.semicolon) || token.is(.assign) || token.is(.comma) || token.is(.leftBracket)
  }

  /// `type (*name)(…)` followed by `;` or `=`.
  private func declaresFunctionPointer(_ open: Int, until end: Int) -> Bool {
    guard open + 2 < end, tokens[open + 1].is(.star), tokens[open + 2].isIdentifier,
      let close = brackets.partner(of: open), close + 1 < end, tokens[close + 1].is(.leftParenthesis),
      let last = brackets.partner(of: close + 1), last + 1 < end
    else { return false }
    return tokens[last + 1].is(.semicolon) || tokens[last + 1].is(.assign)
  }
}
