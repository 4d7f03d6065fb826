public import MarkerScan

extension FindingKind {
  /// An instruction that traps several times.
  public static let repeatedInstruction = FindingKind(
    "M121", "repeated-instruction", .warning,
    summary: "the instruction at the marker repeats itself, and a probe on it counts each repetition",
    explanation: """
      An instruction with a `rep` prefix is interrupted for a probe on every iteration, not once. The probe is
      put on a neighbour where one is passed equally often; here there is none, so the count may be too high.

      ## Example

          MARKER(clear, p);
          memset(p, 0, sizeof(*p));

      where `memset` became `rep stos` and nothing else is left around it.
      """)
}
