extension Statement {
  /// Whether the statement's text assigns a variable by name: `v = …`, `v += …`, `v++`, `--v`, a declaration of it,
  /// or its address taken. Names that are members (`p->v`) do not count.
  public func mayAssign(_ name: String) -> Bool { file.mayAssign(name, in: extent) }
}

extension Statement {
  /// Whether all of the head is evaluated whenever any of it is: it has no `&&`, `||` or `?`.
  public var hasWholeHead: Bool {
    guard let head else { return true }
    let words = file.words(in: head)
    return !words.tokens.contains(where: \.branches)
  }
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
    return index + 1 < tokens.count && tokens[index + 1].assigns
  }

  fileprivate func isAddressTaken(at index: Int) -> Bool { index > 0 && isUnaryAmpersand(index - 1) }
}
