public import MarkerScan

extension FindingKind {
  /// A marker in a function that was cloned.
  public static let cloned = FindingKind(
    "M103", "cloned", .note,
    summary: "the marker's function was cloned, and each clone is probed",
    explanation: """
      GCC makes copies of a function that suit some of its callers: `.constprop` with a parameter that is
      always the same constant, `.isra` with parameters taken apart, `.part` with the part that is rarely
      needed. The clone has a symbol of its own, and a probe on the function's name misses it. Each clone that
      holds the marker is probed.

      There is nothing to do. A parameter that a clone does not have any more is often a constant there, and
      is then written as one.

      ## Example

      `MARKER` in `getname_flags()` may be found in `getname_flags.part.0` only: the begin of the function was
      inlined into its callers, and the marker is in the part that was not.
      """)
}
