/// A fragment of C, such as an expression or a macro's body, as tokens; `#` begins no directive in it.
public struct TokenizedText: Sendable {
  public let bytes: [UInt8]
  public let tokens: [Token]

  /// Reads the whole of the bytes; never fails.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    self.tokens = Lexer.readPart(bytes, from: 0, to: bytes.count, line: 1)
  }

  public init(_ text: String) { self.init(Array(text.utf8)) }

  /// The token as written; ill-formed UTF-8 is repaired.
  public func text(of token: Token) -> String { text(from: token.offset, to: token.endOffset) }

  /// The text of tokens, white space and comments between them included; empty for an empty range.
  public func text(of range: Range<Int>) -> String {
    guard let first = tokens[range].first, let last = tokens[range].last else { return "" }
    return text(from: first.offset, to: last.endOffset)
  }

  private func text(from start: Int, to end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
