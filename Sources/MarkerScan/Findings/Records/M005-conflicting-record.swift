extension FindingKind {
  /// Records of one place that disagree.
  public static let conflictingRecord = FindingKind(
    "M005", "conflicting-record", .warning,
    summary: "records with the same name and place ask for different values",
    explanation: """
      Two records agree in provider, name, file and line, but not in their captures. All are kept, as different
      markers that share one event.

      A header that is compiled under different macros does this, when a marker's arguments depend on them; so do
      objects of different builds that were linked together.

      ## Example

          #ifdef DEBUG
          # define SEEN(x) MARKER_IN(common, seen, x, x->state)
          #else
          # define SEEN(x) MARKER_IN(common, seen, x)
          #endif
          static inline void note(struct item *item) { SEEN(item); }

      in a header that objects with and without `DEBUG` include. Let the arguments not depend on the configuration,
      or build all objects with one.
      """)
}
