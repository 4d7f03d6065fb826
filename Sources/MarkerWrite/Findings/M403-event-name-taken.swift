public import MarkerScan

extension FindingKind {
  /// A provider and name that are a tracepoint of the kernel.
  public static let eventNameTaken = FindingKind(
    "M403", "event-name-taken", .error,
    summary: "the kernel has a tracepoint of that provider and name",
    explanation: """
      The image defines a tracepoint event of the same system and name. The kernel refuses a second event of that
      name with `EEXIST`, "Given group/event name is already used by another event"; before Linux 6.1 it took it,
      and the two could not be told apart.

      The system `sched` may well hold markers of yours; only the pair of provider and name must be new.

      ## Example

          sched:sched_switch  kernel/sched/core.c:6400  prev->pid

      should be

          sched:switch_prev  kernel/sched/core.c:6400  prev->pid
      """)
}

extension Finding {

  static func eventNameTaken(_ record: MarkerRecord) -> Finding {
    Finding(
      .eventNameTaken, "the kernel has a tracepoint '\(record.provider):\(record.name)' already",
      notes: [
        "the image defines the symbols 'event_\(record.name)' and 'str__\(record.provider)__trace_system_name'"
      ],
      help: "rename the marker or choose another provider")
  }
}
