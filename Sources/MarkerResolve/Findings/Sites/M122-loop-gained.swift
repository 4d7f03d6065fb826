public import MarkerScan

extension FindingKind {
  /// A place in a loop that the marker is not in.
  public static let loopGained = FindingKind(
    "M122", "loop-gained", .warning,
    summary: "the place of the marker is in a loop of the machine code, the marker in none of the source",
    explanation: """
      The code around the marker was moved into a loop, mostly because the begin of a loop has no instruction of
      its own: its first instruction is the one that every iteration passes. The count may be too high.

      ## Example

          MARKER(sum, n);
          for (i = 0; i < n; i++)
                  sum += a[i];

      may have its first instruction in the loop, when a caller has set i to 0 long before.
      """)
}
