/// Colours for text: none, or those of a terminal.
public struct TextStyle: Sendable {
  public let isColored: Bool

  public init(isColored: Bool) { self.isColored = isColored }

  /// What a piece of text is; each role has one colour.
  public enum Role: Sendable {
    case error, warning, note, help, location, heading, dim

    /// The SGR parameters (ECMA-48 8.3.117) of the role.
    fileprivate var parameters: String {
      switch self {
      case .error: "1;31"
      case .warning: "1;35"
      case .note: "1;36"
      case .help: "1;32"
      case .location, .heading: "1"
      case .dim: "2"
      }
    }
  }

  /// The text in the role's colour; the text alone when there are no colours.
  public func paint(_ text: String, _ role: Role) -> String {
    isColored ? "\u{1B}[\(role.parameters)m\(text)\u{1B}[0m" : text
  }

  /// The text with control characters written as `\x1b`, so that nothing in a record, a path or a symbol can
  /// begin a new line or steer the terminal.
  public static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        result +=
          scalar.value < 0x100
          ? "\\x" + hexadecimal(scalar, digits: 2) : "\\u{" + hexadecimal(scalar, digits: 4) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// C0, DEL, C1, the line separators, and the marks that turn the direction of writing.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
    let text = String(scalar.value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
