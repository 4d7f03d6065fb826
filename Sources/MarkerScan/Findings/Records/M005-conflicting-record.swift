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

      ## What to do

      If the objects are of one build, let the marker's arguments not depend on the configuration; else build all
      of them again.
      """)
}
