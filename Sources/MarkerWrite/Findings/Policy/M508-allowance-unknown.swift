public import MarkerScan

extension FindingKind {
  /// A marker allows a finding that does not exist.
  public static let allowanceUnknown = FindingKind(
    "M508", "allowance-unknown", .warning,
    summary: "a marker allows a finding that does not exist",
    explanation: """
      `MARKER_ALLOW(CODE)`, in a list `@allow=CODE`, names no code that this version of the tool knows. It allows
      nothing.

      ## Example

          MARKER(rx, skb->len, MARKER_ALLOW(M999));

      `markers explain --list` lists the codes.
      """)
}

extension Finding {
  static func allowanceUnknown(_ code: String) -> Finding {
    Finding(
      .allowanceUnknown, "the marker allows '\(code)', which is no finding",
      help: "take a code that 'markers explain --list' shows")
  }
}
