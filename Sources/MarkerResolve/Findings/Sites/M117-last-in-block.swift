public import MarkerScan

extension FindingKind {
  /// A marker at the end of a block.
  public static let lastInBlock = FindingKind(
    "M117", "last-in-block", .note,
    summary: "the marker is the last statement of its block",
    explanation: """
      A marker generates no code, so its place is where the next statement begins. At the end of a block there
      is none: what follows belongs to another block and may be reached on other paths as well. The tool then
      takes the statement before the marker when control passes straight from it; where that is not possible
      the marker is approximate or has no place.

      Move the marker before the last statement of the block when the count must be exact.

      ## Example

          if (error) {
                  count++;
                  MARKER(failed, error);
          }

      should be

          if (error) {
                  MARKER(failed, error);
                  count++;
          }
      """)
}
