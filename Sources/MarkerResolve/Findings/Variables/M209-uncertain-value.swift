public import MarkerScan

extension FindingKind {
  /// A value of another moment.
  public static let uncertainValue = FindingKind(
    "M209", "uncertain-value", .warning,
    summary: "a value could not be shown to be the variable's at the marker",
    explanation: """
      There is a value, but it may be of another moment than the marker's, or of another variable of the same
      name. It is left out unless `--approximate` asks for it. The message says why.

      ## Example

          MARKER(step, n);
          n++;
          submit(q);

      When the marker is probed at `submit(q)`, `n` has its next value there, and is withheld.
      """)
}
