extension FindingKind {
  /// A record with more captures than the format allows.
  public static let tooManyCaptures = FindingKind(
    "M008", "too-many-captures", .error,
    summary: "a record has more than 128 captures",
    explanation: """
      A record may have 128 captures, which is the kernel's limit for the arguments of an event (6.1 silently drops
      those behind it). The record is skipped.

      ## Example

      A record with 129 fields behind its line, which another writer than the header made: the header refuses
      more than 16. Split the marker into several with names of their own.
      """)
}
