public import MarkerScan

extension FindingKind {
  /// A value of another moment.
  public static let uncertainValue = FindingKind(
    "M209", "uncertain-value", .warning,
    summary: "a value could not be shown to be the variable's at the marker",
    explanation: """
      There is a value, but it may be of another moment than the marker's, or of another variable of the same
      name, so it is left out. The message says why:

      - a statement between the probe and the marker changes it;
      - the machine code stores it earlier or later than the source does, or never: a statement behind the marker
        has its store before the probe, one before the marker has it behind the probe or lost it to another one.
        No debugging information tells of this;
      - its only location is a register that other code uses, too;
      - it is a constant although a loop around the marker assigns it;
      - it is a parameter that was changed before the compiler split the function.

      ## Example

          MARKER(step, n);
          n++;
          submit(q);

      When the marker is probed at `submit(q)`, `n` has its next value there, and is withheld.
      """)
}
