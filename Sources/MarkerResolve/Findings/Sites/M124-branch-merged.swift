public import MarkerScan

extension FindingKind {
  /// A place in a branch that is passed always.
  public static let branchMerged = FindingKind(
    "M124", "branch-merged", .warning,
    summary:
      "the code at the marker runs whichever way the branch around it is taken, so the count may be too high",
    explanation: """
      The compiler merged the ways of a branch that do the same, or computes both and selects. The code that stands
      for the marker is passed as often as the branch, although the marker is on one of its ways.

      It is reported, too, when the branch is always taken that way, because its condition is a constant here: the
      count is right then.

      ## Example

          if (urgent) {
                  MARKER(urgent, item);
                  push(item);
          } else {
                  push(item);
          }

      may be one call of push().
      """)
}
