/// One value that a marker asks for: `label=expression:format[count]`.
public struct Capture: Sendable, Hashable {
  /// The capture exactly as written, white space trimmed.
  public let text: String
  /// The label before `=`; nil when none was written.
  public let label: String?
  /// The expression's own text, without label and format.
  public let expressionText: String
  /// The parsed expression; nil when it uses C that a marker cannot express (`unsupported` says why).
  public let expression: Expression?
  /// Why `expression` is nil: one sentence, lower case.
  public let unsupported: String?
  /// The format after `:`; nil when the DWARF type decides.
  public let format: CaptureFormat?

  public init(
    text: String, label: String?, expressionText: String, expression: Expression?, unsupported: String?,
    format: CaptureFormat?
  ) {
    self.text = text
    self.label = label
    self.expressionText = expressionText
    self.expression = expression
    self.unsupported = unsupported
    self.format = format
  }
}

/// The requested presentation of a capture.
public struct CaptureFormat: Sendable, Hashable {
  public enum Base: Sendable, Hashable {
    /// `u8` … `u64`, `s8` … `s64`, `x8` … `x64`
    case integer(IntegerStyle, bits: Int)
    /// `u`, `s`, `x`: the style alone, the width from the DWARF type.
    case style(IntegerStyle)
    /// `string`: a NUL-terminated string in kernel memory.
    case string
    /// `ustring`: a NUL-terminated string in user memory.
    case ustring
    /// `symbol`: an address printed as symbol+offset.
    case symbol
  }
  public enum IntegerStyle: String, Sendable {
    case unsigned = "u"
    case signed = "s"
    case hexadecimal = "x"
  }
  public let base: Base
  /// The array count of `[count]`; nil for a scalar. At least 1.
  public let count: Int?

  public init(base: Base, count: Int?) {
    self.base = base
    self.count = count
  }
}
