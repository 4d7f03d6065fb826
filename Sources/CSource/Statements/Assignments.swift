extension Statement {
  /// Whether the statement's text assigns a variable by name: `v = …`, `v += …`, `v++`, `--v`, a declaration of it,
  /// or its address taken. Names that are members (`p->v`) do not count.
  public func mayAssign(_ name: String) -> Bool { file.mayAssign(name, in: extent) }
}

extension FunctionBody {
  /// Whether the function's text takes the address of a variable: then any call or store may change it.
  public func takesAddress(of name: String) -> Bool {
    let tokens = file.words(in: extent)
    return tokens.tokens.indices.contains { index in
      tokens.isVariable(name, at: index) && tokens.isAddressTaken(at: index)
    }
  }
}

extension SourceFile {
  func words(in extent: SourceExtent) -> TokenizedText {
    TokenizedText(Array(bytes[extent.start.offset...extent.end.offset]))
  }

  func mayAssign(_ name: String, in extent: SourceExtent) -> Bool {
    let words = words(in: extent)
    return words.tokens.indices.contains { index in
      words.isVariable(name, at: index) && (words.isWritten(at: index) || words.isAddressTaken(at: index))
    }
  }
}

extension TokenizedText {
  /// Whether the token is the name and no member of something.
  fileprivate func isVariable(_ name: String, at index: Int) -> Bool {
    guard tokens[index].isIdentifier, text(of: tokens[index]) == name else { return false }
    guard index > 0 else { return true }
    return !tokens[index - 1].is(.dot) && !tokens[index - 1].is(.arrow)
  }

  fileprivate func isWritten(at index: Int) -> Bool {
    if index > 0, tokens[index - 1].is(.increment) || tokens[index - 1].is(.decrement) { return true }
    guard index + 1 < tokens.count, case .punctuator(let next) = tokens[index + 1].kind else { return false }
    return next == .increment || next == .decrement || next.rawValue.hasSuffix("=") && !next.isComparison
  }

  /// A unary `&`: nothing that ends an operand stands before it.
  fileprivate func isAddressTaken(at index: Int) -> Bool {
    guard index > 0, tokens[index - 1].is(.ampersand) else { return false }
    guard index > 1 else { return true }
    switch tokens[index - 2].kind {
    case .identifier, .number, .character, .string: return false
    case .punctuator(let before): return before != .rightParenthesis && before != .rightBracket
    case .keyword, .unknown: return true
    }
  }
}

extension Punctuator {
  /// `==`, `!=`, `<=`, `>=`
  fileprivate var isComparison: Bool { ["==", "!=", "<=", ">="].contains(rawValue) }
}
