public import MarkerScan

extension FindingKind {
  /// A marker that is probed at the place of another statement.
  public static let moved = FindingKind(
    "M104", "moved", .note,
    summary: "the marker is probed at another statement, which is passed equally often",
    explanation: """
      The code at the marker's own line was merged with other code or moved away, so there is no address that
      stands for that line alone. Another statement of the same block is executed exactly as often: control
      passes straight from one to the other. The probe is placed there. Counts are right; values are read at
      that statement, which is slightly earlier or later than the marker.

      A variable that the statements between them change would have a different value there. Where that
      matters, move the marker next to a call: calls keep their place.

      ## Example

          MARKER(busy, q);
          q->busy = 1;
          submit(q);

      The store may be delayed until after other code. `submit(q)` is executed exactly as often, and the probe
      is placed there.
      """)
}
