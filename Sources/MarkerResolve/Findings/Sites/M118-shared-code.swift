public import MarkerScan

extension FindingKind {
  /// Code that other statements run as well.
  public static let sharedCode = FindingKind(
    "M118", "shared-code", .warning,
    summary: "the code at the marker is shared with other statements, so the count may be too high",
    explanation: """
      Control reaches the marker's address from statements that cannot come before the marker in the source.
      The compiler merged the same code of several places (cross-jumping, tail merging), and the address is
      passed for all of them.

      The marker is called approximate; the notes name the lines that control comes from.

      ## Example

          if (a) { n++; release(p); }
          else   { release(p); }

      has one call of `release()` for both branches; a marker before the first one cannot be told from the
      second.
      """)
}
