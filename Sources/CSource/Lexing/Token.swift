/// One token of C source, a range of the source's bytes.
public struct Token: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case identifier
    case keyword(Keyword)
    /// A preprocessing number (C11 6.4.8): integers, floats and what looks like one.
    case number
    /// A character constant with its quotes; without the closing one when the line ends before it.
    case character
    /// A string literal with its quotes; without the closing one when the line ends before it.
    case string
    case punctuator(Punctuator)
    /// A byte that begins no token of C.
    case unknown
  }
  public let kind: Kind
  private let start: Int32
  private let count: Int32
  private let lineNumber: Int32

  init(_ kind: Kind, at offset: Int, byteCount: Int, line: Int) {
    self.kind = kind
    self.start = Int32(clamping: offset)
    self.count = Int32(clamping: byteCount)
    self.lineNumber = Int32(clamping: line)
  }

  /// The offset of the first byte from the start of the source.
  public var offset: Int { Int(start) }
  /// The length in bytes, at least 1.
  public var byteCount: Int { Int(count) }
  /// The offset behind the last byte.
  public var endOffset: Int { Int(start) + Int(count) }
  /// The 1-based line of the first byte.
  public var line: Int { Int(lineNumber) }

  public func `is`(_ punctuator: Punctuator) -> Bool { kind == .punctuator(punctuator) }
  public func `is`(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }
  public var isIdentifier: Bool { kind == .identifier }
}

/// A preprocessor line: from its `#` to the end of the logical line, continuation lines included.
public struct Directive: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case `if`, ifdef, ifndef, elif, `else`, endif, define, other
  }
  public let kind: Kind
  /// The offset of the `#`.
  public let offset: Int
  /// The length in bytes up to the end of the logical line, its newline excluded.
  public let byteCount: Int
  /// The offset, from the start of the source, of what follows the directive's name and white space.
  public let bodyOffset: Int
  /// The 1-based line of the `#`.
  public let line: Int
  /// How many tokens of the source precede the directive.
  let tokenIndex: Int

  /// The offset behind the last byte.
  public var endOffset: Int { offset + byteCount }
}
