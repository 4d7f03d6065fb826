extension FindingKind {
  /// More findings than anyone reads.
  public static let findingsOmitted = FindingKind(
    "M012", "findings-omitted", .warning,
    summary: "a section has more findings than are shown",
    explanation: """
      The first 1,000 findings of a section are reported, the others are only counted. The records that are in
      order are all read.

      A section with so many broken records is damaged as a whole, or holds something else.

      ## Example

          objcopy --update-section .debug_markers=/bin/bash a.o

      Look at the first findings: the others are most likely of the same cause.
      """)
}
