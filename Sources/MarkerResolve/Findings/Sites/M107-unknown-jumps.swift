public import MarkerScan

extension FindingKind {
  /// Jumps that cannot be followed.
  public static let unknownJumps = FindingKind(
    "M107", "unknown-jumps", .warning,
    summary: "the function has jumps that cannot be followed, so the count is not shown to be right",
    explanation: """
      The function jumps through a table or a register, and the targets could not be read from the image: a
      `switch` of a form that the tool does not know, a computed `goto`, or a tail call through a pointer.
      Without all paths of the function it cannot be shown that the marker's addresses are passed exactly once
      for each run.

      The marker is called approximate; in practice such a place is mostly right. Kernels built with
      `-fno-jump-tables` (the default with retpolines) have few such functions.

      ## Example

          goto *handlers[code];

      leads where the handlers' table says, which may be filled at run time.
      """)
}
