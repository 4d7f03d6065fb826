public import MarkerScan

extension FindingKind {
  /// A marker without a place.
  public static let placeLost = FindingKind(
    "M111", "place-lost", .warning,
    summary: "there is no address that stands for the marker",
    explanation: """
      The marker's block has code, but the statement at the marker has none of its own and no neighbour stands
      for it: its code was merged into other statements, or the line holds no statement (a comment, a
      declaration without initialiser, a closing brace).

      Check that the line is the one of a statement: a marker of a list stands before the statement that
      begins on its line. Else move the marker next to a call or an assignment to memory.

      ## Example

          io:ready  drivers/block/brd.c:100

      where line 100 holds a comment. The statement behind it is on line 102, which the list should name.
      """)
}
