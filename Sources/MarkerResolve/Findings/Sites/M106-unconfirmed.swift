public import MarkerScan

extension FindingKind {
  /// A place that nothing confirms.
  public static let unconfirmed = FindingKind(
    "M106", "unconfirmed", .warning,
    summary: "nothing around the marker confirms its place",
    explanation: """
      Only one argument speaks for the marker's address: a row of the line table, a call, the entry of an inlined
      body. No statement before or behind it in the block could confirm it, because the block has no other
      statement with code, or its neighbours may jump. The address is likely to be right, but the tool cannot show
      that each run passes it exactly once.

      Of code made by clang the tool also asks what it does: an assignment's store, a call and the jump of an `if`
      are made as often as the source comes to them, wherever the rows of the line table went.

      Or no code stands for the marker at all, and its place only follows from how often the function's other
      statements are passed: what is passed as often as the branch less its other way, say. Such a place has no
      variables, because nothing shows which of the marker's moments it is.

      The marker is called approximate. A marker beside a call or an assignment that the compiler keeps is
      confirmed more often.

      ## Example

          default:
                  MARKER(other, n);
                  return n;

      is a block of one statement that jumps: nothing else in it could confirm the place.
      """)
}
