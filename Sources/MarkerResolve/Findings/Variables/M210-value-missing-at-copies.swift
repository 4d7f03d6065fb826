public import MarkerScan

extension FindingKind {
  /// A value that some copies lack.
  public static let valueMissingAtCopies = FindingKind(
    "M210", "value-missing-at-copies", .warning,
    summary: "a value is known at some copies of the marker and missing at others",
    explanation: """
      The marker is reached at several addresses, in copies of its function that the compiler optimised
      differently. Where the value is known it is fetched; copies without it become an event of their own with
      fewer arguments, so that no hit is lost and no value is made up.

      The notes say why it is missing, copy by copy.

      ## Example

          note: at 0xffffffff816ccb69 in 'read_zero': it is not live at the marker

      One of two copies has the value; the other one's event has no such argument.
      """)
}
