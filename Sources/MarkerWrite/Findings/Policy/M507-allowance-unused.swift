public import MarkerScan

extension FindingKind {
  /// A marker allows a finding that it does not have.
  public static let allowanceUnused = FindingKind(
    "M507", "allowance-unused", .note,
    summary: "a marker allows a finding that it does not have",
    explanation: """
      The marker carries `MARKER_ALLOW(CODE)`, in a list `@allow=CODE`, and has no such finding in this image.
      Another configuration or compiler may give it one; else the allowance can go.

      ## Example

          MARKER(rx, skb->len, MARKER_ALLOW(M202));

      where `skb` is live at the marker.
      """)
}

extension Finding {
  static func allowanceUnused(_ code: String) -> Finding {
    Finding(
      .allowanceUnused, "the marker allows '\(code)' and has no such finding", help: "remove the allowance")
  }
}
