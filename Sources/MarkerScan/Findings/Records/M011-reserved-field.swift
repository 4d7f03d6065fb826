extension FindingKind {
  /// A field that a later version 1 header may write.
  public static let reservedField = FindingKind(
    "M011", "reserved-field", .note,
    summary: "a record has a field that this version of the tool does not know",
    explanation: """
      A field that begins with `@` is an addition to version 1 of the format. A reader that does not know it skips
      it: the marker and its captures are as they were.

      ## Example

          mk1⇥net⇥receive⇥net/core/dev.c⇥4711⇥skb->len⇥@since=6.12

      A newer `markers` may show what `@since` says.
      """)
}
