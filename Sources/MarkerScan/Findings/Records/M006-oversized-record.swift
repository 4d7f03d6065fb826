extension FindingKind {
  /// A record longer than the format allows.
  public static let oversizedRecord = FindingKind(
    "M006", "oversized-record", .error,
    summary: "a record is longer than 65,536 bytes",
    explanation: """
      A record may have 65,536 bytes, its NUL included. A longer one is skipped without being looked at further:
      no definition made from it could be written, and a hostile file must not make the tool use much memory.

      ## Example

      A marker whose expressions, spelled out by nested macros, fill 70,000 bytes. Give it fewer or shorter
      ones.
      """)
}
