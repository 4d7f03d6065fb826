/// A name and the arguments in the parentheses behind it: the call of a function or the use of a macro.
public struct NamedCall: Sendable, Hashable {
  public let name: String
  public let arguments: [Argument]

  /// What an argument names when it is nothing but the name of an object.
  public enum Argument: Sendable, Hashable {
    /// The parameter, by position, of the macro whose text the call stands in.
    case parameter(Int)
    /// A variable, or of `a->b.c` the last member.
    case object(name: String, isMember: Bool)
    case other
  }

  public init(name: String, arguments: [Argument]) {
    self.name = name
    self.arguments = arguments
  }
}

extension TokenizedText {
  /// The positions of the parameters that the text changes; `++` of both of two namesakes counts for both.
  func changedParameters(_ names: [String]) -> Set<Int> {
    let changed = Set(
      tokens.indices.filter { tokens[$0].isIdentifier && mayChangeParameter(at: $0) }
        .map { text(of: tokens[$0]) })
    return Set(names.indices.filter { changed.contains(names[$0]) })
  }

  /// The calls in a part of the text, inner ones too, in source order.
  func calls(in range: Range<Int>, parameters: [String]) -> [NamedCall] {
    range.compactMap { call(at: $0, before: range.upperBound, parameters) }
  }

  /// The call whose name a token is; nil when no parenthesis follows. The arguments of one that is not closed are
  /// unknown.
  func call(at index: Int, before end: Int, _ parameters: [String]) -> NamedCall? {
    guard tokens[index].isIdentifier, index + 1 < end, tokens[index + 1].is(.leftParenthesis) else {
      return nil
    }
    var arguments: [NamedCall.Argument] = []
    var depth = 0
    var start = index + 2
    for next in index + 1..<end {
      let token = tokens[next]
      if token.is(.leftParenthesis) { depth += 1 }
      if token.is(.rightParenthesis) { depth -= 1 }
      guard depth == 0 || depth == 1 && token.is(.comma) else { continue }
      arguments.append(argument(start..<next, parameters))
      if depth == 0 { return NamedCall(name: text(of: tokens[index]), arguments: arguments) }
      start = next + 1
    }
    return NamedCall(name: text(of: tokens[index]), arguments: [])
  }

  /// Reads `name`, `a.b`, `a->b`.
  private func argument(_ range: Range<Int>, _ parameters: [String]) -> NamedCall.Argument {
    guard let last = range.last, tokens[last].isIdentifier else { return .other }
    let isPath = range.allSatisfy { index in
      (index - range.lowerBound).isMultiple(of: 2)
        ? tokens[index].isIdentifier : tokens[index].is(.dot) || tokens[index].is(.arrow)
    }
    guard isPath else { return .other }
    let name = text(of: tokens[last])
    if range.count == 1, let position = parameters.firstIndex(of: name) { return .parameter(position) }
    return .object(name: name, isMember: range.count > 1)
  }
}
