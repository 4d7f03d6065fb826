/// A call as it is written: a name before a parenthesis.
public struct WrittenCall: Sendable, Hashable {
  public let name: String
  /// Of the name's first byte.
  public let position: SourcePosition
}

extension Statement {
  /// The calls that are made each time the statement begins, exactly once, in source order: those before the first
  /// `&&`, `||` or `?` of what it evaluates first. A name may also be a macro's.
  public var certainCalls: [WrittenCall] {
    guard let extent = evaluatedOnce else { return [] }
    return file.callsBeforeChoice(in: extent)
  }

  /// What the statement evaluates once, when it begins; nil when there is no such part.
  private var evaluatedOnce: SourceExtent? {
    switch kind {
    case .expression, .declaration, .return: extent
    case .if, .switch: head
    case .for: forHead?.initialization
    case .while, .doWhile, .caseLabel, .defaultLabel, .label, .break, .continue, .goto, .compound, .empty,
      .macroLoop, .macroBlock, .macro, .marker:
      nil
    }
  }
}

extension SourceFile {
  fileprivate func callsBeforeChoice(in extent: SourceExtent) -> [WrittenCall] {
    let words = words(in: extent)
    var result: [WrittenCall] = []
    for (index, token) in words.tokens.enumerated() {
      if token.isChoice { break }
      guard token.isIdentifier, index + 1 < words.tokens.count, words.tokens[index + 1].is(.leftParenthesis)
      else { continue }
      let position = lines.position(of: extent.start.offset + token.offset)
      result.append(WrittenCall(name: words.text(of: token), position: position))
    }
    return result
  }
}

extension Token {
  /// Whether what follows may not be evaluated, or not in this order.
  fileprivate var isChoice: Bool {
    switch kind {
    case .punctuator(let punctuator):
      [.logicalAnd, .logicalOr, .question, .leftBrace].contains(punctuator)
    case .keyword(let keyword): [.sizeof, .typeof, .alignof, .generic].contains(keyword)
    case .identifier, .number, .character, .string, .unknown: false
    }
  }
}
