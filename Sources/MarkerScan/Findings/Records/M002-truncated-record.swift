extension FindingKind {
  /// A record that has no NUL before its section ends.
  public static let truncatedRecord = FindingKind(
    "M002", "truncated-record", .error,
    summary: "a section of markers ends within a record",
    explanation: """
      Each record ends with a NUL byte. The last one of the section has none, so that its end, and perhaps further
      records, are missing. What there is of it is not used.

      The file was cut or damaged: a linker always writes whole sections.

      ## Example

          printf 'mk1\\tnet\\trx\\tdev.c\\t4711' > part
          objcopy --update-section .debug_markers=part a.o

      leaves out the NUL. Copy or build the file again.
      """)
}
