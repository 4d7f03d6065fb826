public import MarkerScan

extension FindingKind {
  /// Arguments that do not fit an event's record.
  public static let recordTooLarge = FindingKind(
    "M411", "record-too-large", .error,
    summary: "the arguments do not fit the event's record",
    explanation: """
      The arguments of an event take at most 3,072 bytes (`MAX_PROBE_EVENT_SIZE`, kernel/trace/trace_probe.h); the
      kernel refuses more with `E2BIG`. Integers take their size, arrays the size of all elements, strings four
      bytes. The marker is not written.

      ## Example

          MARKER(dump, a:x64[64], b:x64[64], c:x64[64], d:x64[64], e:x64[64], f:x64[64], g:x64[64])

      takes 3,584 bytes. Six such arrays fit.
      """)
}

extension Finding {

  static func recordTooLarge(_ byteCount: Int) -> Finding {
    Finding(
      .recordTooLarge, "the arguments take \(byteCount) bytes of a record's \(TracefsLimits.recordByteCount)",
      help: "ask for fewer elements or split the marker")
  }
}
