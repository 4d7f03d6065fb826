/// A name in a function's text that code may come from: a call, a macro, a function given to a macro.
public struct NameUse: Sendable, Hashable {
  public let name: String
  /// The 1-based line of the name.
  public let line: Int
  /// Whether a parenthesis follows.
  public let isCalled: Bool
  /// The name before the innermost parenthesis around it; nil when there is none.
  public let enclosing: String?
}

extension FunctionBody {
  /// The identifiers of the function's body in source order, those left out that conditionals drop.
  public var nameUses: [NameUse] {
    let open = file.blocks[Int(file.functions[index].body)].open
    let close = file.blocks[Int(file.functions[index].body)].close
    guard open >= 0, close > open else { return [] }
    var result: [NameUse] = []
    var enclosing: [String?] = []
    for index in Int(open)..<Int(close) {
      let token = file.tokens[index]
      let before = index > 0 && file.tokens[index - 1].isIdentifier ? file.text(index - 1) : nil
      if token.is(.leftParenthesis) { enclosing.append(before) }
      if token.is(.rightParenthesis) { _ = enclosing.popLast() }
      guard token.isIdentifier else { continue }
      result.append(
        NameUse(
          name: file.text(index), line: token.line, isCalled: file.tokens[index + 1].is(.leftParenthesis),
          enclosing: enclosing.last ?? nil))
    }
    return result
  }
}
