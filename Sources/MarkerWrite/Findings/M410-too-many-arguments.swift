public import MarkerScan

extension FindingKind {
  /// More arguments than an event has.
  public static let tooManyArguments = FindingKind(
    "M410", "too-many-arguments", .error,
    summary: "the marker has more arguments than an event takes",
    explanation: """
      An event has at most 128 arguments (`MAX_TRACE_ARGS`, kernel/trace/trace_probe.h). Linux 6.1 takes a longer
      definition and drops the rest without a word, so the marker is not written.

      ## Example

      A marker with 130 captures: split it into two markers in the same place.
      """)
}

extension Finding {

  static func tooManyArguments(_ count: Int) -> Finding {
    Finding(
      .tooManyArguments,
      "the marker has \(count) arguments, and an event takes \(TracefsLimits.argumentCount)",
      help: "split it into several markers")
  }
}
