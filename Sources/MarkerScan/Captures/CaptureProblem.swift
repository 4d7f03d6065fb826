/// Why a capture has no expression.
struct CaptureProblem: Error, Hashable {
  enum Kind: Hashable {
    /// Not C, or not the form of a capture.
    case malformed
    /// C that no marker can express.
    case unsupported
  }
  let kind: Kind
  /// One sentence, lower case, no full stop.
  let reason: String
  /// Bytes from the start of the text that holds the captures.
  let offset: Int

  static func malformed(_ reason: String, at offset: Int) -> Self {
    Self(kind: .malformed, reason: reason, offset: offset)
  }
  static func unsupported(_ reason: String, at offset: Int) -> Self {
    Self(kind: .unsupported, reason: reason, offset: offset)
  }
}
