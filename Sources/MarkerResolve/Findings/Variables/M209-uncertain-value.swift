public import MarkerScan

extension FindingKind {
  /// A value of another moment.
  public static let uncertainValue = FindingKind(
    "M209", "uncertain-value", .warning,
    summary: "a value could not be shown to be the variable's at the marker",
    explanation: """
      There is a value, but it may be of another moment than the marker's, or of another variable of the same
      name. Where the code shows that it is another moment's, or speaks for that, it is left out:

      - a statement between the probe and the marker changes it;
      - a statement behind the marker has its store, or what changes its register, before the probe;
      - a statement before the marker has its store behind the probe, or lost it to another one's. No debugging
        information tells of this;
      - no instruction of the statement that assigns it has written its register, or a branch of that statement comes
        behind the probe;
      - its only location is a register that other code uses, too;
      - it is a parameter that was changed before the compiler split the function;
      - a call between the probe and the marker may come to the marker first, so that events come in another order;
      - the function's stack frame is not whole at the probe, and the debugging information counts from the whole one.

      Where it is only not shown to be right, the argument is called approximate and written with `--approximate`
      only. Of a hundred such values one to four were wrong in the programs that are measured. The message says why:

      - it is saved on the stack, and control may come past the place that saves it;
      - it is a constant although a loop around the marker, or another statement, assigns it.

      ## Example

          MARKER(step, n);
          n++;
          submit(q);

      When the marker is probed at `submit(q)`, `n` has its next value there, and is left out.
      """)
}
