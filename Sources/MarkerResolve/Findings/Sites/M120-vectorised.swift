public import MarkerScan

extension FindingKind {
  /// A loop that does several iterations at once.
  public static let vectorised = FindingKind(
    "M120", "vectorised", .warning,
    summary: "the loop around the marker does several iterations at once, so the count is too low",
    explanation: """
      The compiler turned the loop into vector instructions: one pass of the machine code is several
      iterations of the source. Each pass is counted once.

      ## Example

          for (i = 0; i < n; i++) {
                  MARKER(add, i);
                  sum += a[i];
          }

      may add eight elements in one pass.
      """)
}
