extension FindingKind {
  /// A record with a field that breaks its rule.
  public static let malformedRecord = FindingKind(
    "M001", "malformed-record", .error,
    summary: "a record is not of the form that Docs/record-format.md gives",
    explanation: """
      A string in a section of markers begins as a record does, but a field is missing or breaks its rule: a
      provider or name that is no C identifier or longer than 63 bytes, a line that is no number, an empty path, or
      a control character anywhere. The record is skipped, all others are read.

      The header `markers/marker.h` writes no such record. The file was damaged, or something else wrote into the
      section. Nothing of a malformed record reaches a definition or, unescaped, a terminal.

      ## Example

      `⇥` stands for a TAB:

          mk1⇥net⇥receive-skb⇥net/core/dev.c⇥4711⇥skb->len

      `receive-skb` is no identifier. The header refuses such a name when it compiles. Build the object again; if the
      finding stays, look at the section with `readelf -p .debug_markers FILE`.
      """)
}
