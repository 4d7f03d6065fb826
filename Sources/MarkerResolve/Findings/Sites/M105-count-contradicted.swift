public import MarkerScan

extension FindingKind {
  /// Evidence that speaks for other addresses.
  public static let countContradicted = FindingKind(
    "M105", "count-contradicted", .warning,
    summary: "the statements around the marker disagree about how often it is reached",
    explanation: """
      A marker's place is confirmed by its neighbours: statements before and behind it in the same block must
      be passed equally often in the machine code. Here one of them is not, on the paths of the function's
      control-flow graph. The usual causes:

      - the compiler merged the statement with the same code of another branch, so its address is passed for
        both;
      - it turned a branch into straight code (if-conversion), so its address is passed although the branch is
        not taken;
      - it hoisted the code out of a loop, or sank it into one.

      Or the neighbours agree, and the rest of the function does not: what leads to the block, added up over
      all statements, is passed more or less often than the marker's place.

      The count may then be too high or too low. The marker is called approximate and is written with
      `--approximate` only. Put the marker next to a call of a function that is not inlined: such code is not
      merged or moved.

      ## Example

          if (a)
                  x = 1;  /* a marker here */
          else
                  x = 2;

      becomes one conditional move, and no address belongs to one branch.
      """)
}
