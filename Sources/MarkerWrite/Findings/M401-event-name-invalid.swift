public import MarkerScan

extension FindingKind {
  /// A provider or name that tracefs refuses.
  public static let eventNameInvalid = FindingKind(
    "M401", "event-name-invalid", .error,
    summary: "the provider or the name cannot be an event's",
    explanation: """
      A marker becomes the event `provider/name`. tracefs takes C identifiers of at most 63 characters for both
      (`traceprobe_parse_event_name`, kernel/trace/trace_probe.c). The marker is not written: a name that was cut
      could be another marker's.

      ## Example

          block:io-start  block/blk-mq.c:2400  rq->tag

      has `-` in its name. It should be

          block:io_start  block/blk-mq.c:2400  rq->tag
      """)
}

extension Finding {

  static func eventNameInvalid(_ role: String, _ name: String, because problem: String) -> Finding {
    Finding(
      .eventNameInvalid, "the \(role) '\(name)' \(problem)",
      help: "rename it to a C identifier of at most \(TracefsLimits.nameByteCount) characters")
  }
}
