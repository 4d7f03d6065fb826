public import MarkerScan

extension FindingKind {
  /// A value that a policy requires is missing.
  public static let requiredValueMissing = FindingKind(
    "M502", "required-value-missing", .error,
    summary: "a policy requires every value at every copy, and one is missing or uncertain",
    explanation: """
      A policy with `require = "ok"` in `.markers.toml` selects the marker, and one of its values cannot be fetched
      for certain at some copy: it was optimised away, is not live there, or cannot be computed by tracefs.

      ## Example

          [[policy]]
          markers = ["net:*"]
          require = "ok"

      and a marker `net:rx` that captures a variable which the compiler has dropped before the marker. Capture
      something that lives longer, or move the marker to where the value is live.
      """)
}

extension Finding {
  /// - Parameter reasons: one for each copy at which the value is missing.
  static func requiredValueMissing(_ expression: String, of total: Int, reasons: [String]) -> Finding {
    Finding(
      .requiredValueMissing,
      "'\(expression)' is not fetched for certain at \(reasons.count) of \(total) places, and a policy requires it",
      notes: Array(reasons.prefix(4)), help: "capture a value that is live at every copy")
  }
}
