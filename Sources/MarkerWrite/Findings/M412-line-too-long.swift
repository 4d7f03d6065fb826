public import MarkerScan

extension FindingKind {
  /// A definition longer than a line may be.
  public static let lineTooLong = FindingKind(
    "M412", "line-too-long", .error,
    summary: "the definition is longer than the kernel reads",
    explanation: """
      The kernel reads definitions in pieces of 4,096 bytes and refuses a longer line (`trace_parse_run_command`,
      kernel/trace/trace.c). The marker is not written.

      ## Example

      A marker with eighty captures of fifty characters: split it into two markers in the same place, or shorten the
      labels.
      """)
}

extension Finding {

  static func lineTooLong(_ byteCount: Int) -> Finding {
    Finding(
      .lineTooLong,
      "the definition has \(byteCount) bytes, and the kernel reads \(TracefsLimits.lineByteCount)",
      help: "split it into several markers")
  }
}
