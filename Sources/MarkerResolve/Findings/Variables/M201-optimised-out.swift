public import MarkerScan

extension FindingKind {
  /// A variable without any location.
  public static let optimisedOut = FindingKind(
    "M201", "optimised-out", .warning,
    summary: "the compiler kept no location for a variable",
    explanation: """
      DWARF describes the variable, but gives it no location anywhere in this body: its value is never in a
      register or in memory as a whole. Usual causes: every use was folded into other computations, the
      structure was split into parts, or the variable is only set and never read.

      Capture what it is computed from: the pointer it was loaded through, a parameter, the member itself. In
      code of your own, passing the variable to a function that is not inlined keeps it.

      ## Example

          struct point p = { x, y };
          draw(p.x, p.y);

      leaves no `p`; capture `x` and `y`.
      """)
}
