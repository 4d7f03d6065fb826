extension FindingKind {
  /// A capture that is not of the form `label=expression:format[count]`.
  public static let malformedCapture = FindingKind(
    "M010", "malformed-capture", .error,
    summary: "a capture is not of the form 'label=expression:format[count]'",
    explanation: """
      A capture cannot be read: its expression is not C, its label is too long, or its format is unknown. The
      marker is kept, this value is not fetched.

      - A label is a C identifier of at most 31 bytes.
      - A format is `u`, `s` or `x`, alone (the width comes from the type) or with 8, 16, 32 or 64; `string`,
        `ustring` (in user memory) or `symbol`; each may have an array count from 1 to 64: `x8[16]`.

      An expression that is C, but that no probe can fetch, is not malformed: the resolver says what a probe
      cannot do.

      ## Example

          io:read  fs/read_write.c:450  count:u33

      has no format `u33`. It should be

          io:read  fs/read_write.c:450  count:u32
      """)
}
