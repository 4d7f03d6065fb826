public import MarkerScan

extension FindingKind {
  /// A provider or name that tracefs refuses.
  public static let eventNameInvalid = FindingKind(
    "M401", "event-name-invalid", .error,
    summary: "the provider or the name cannot be an event's",
    explanation: """
      A marker becomes the event `provider/name`. tracefs takes C identifiers of at most 63 characters for both
      (`traceprobe_parse_event_name`, kernel/trace/trace_probe.c). Copies of a marker with other arguments need
      events of their own, `name_2` and so on, whose names must have no more characters either. The marker is not
      written: a name that was cut could be another marker's.

      ## Example

          MARKER(taken_under_a_name_with_all_of_the_sixty_three_bytes_a_name_may, count)

      in a function that is inlined twice, where `count` is at hand in one copy only: the second event would have
      65 characters. Give the marker a name that leaves room:

          MARKER(taken, count)
      """)
}

extension Finding {

  static func eventNameInvalid(_ role: String, _ name: String, because problem: String) -> Finding {
    Finding(
      .eventNameInvalid, "the \(role) '\(name)' \(problem)",
      help: "rename it to a C identifier of at most \(TracefsLimits.nameByteCount) characters")
  }
}
