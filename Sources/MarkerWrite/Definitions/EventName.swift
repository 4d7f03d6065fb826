internal import MarkerScan

/// The rules for the group and the event that a marker becomes.
enum EventName {
  /// What keeps the marker's names from being an event; nil when nothing does.
  static func finding(_ record: MarkerRecord, target: ProbeTarget) -> Finding? {
    for (role, name) in [("provider", record.provider), ("name", record.name)] {
      if !isIdentifier(name) { return .eventNameInvalid(role, name, because: "is no C identifier") }
      if name.utf8.count > TracefsLimits.nameByteCount {
        return .eventNameInvalid(
          role, name, because: "has more than \(TracefsLimits.nameByteCount) characters")
      }
    }
    if groupFiles.contains(record.provider) { return .eventNameReserved("provider", record.provider) }
    if eventFiles.contains(record.name) { return .eventNameReserved("name", record.name) }
    if case .kernel(let symbols) = target, symbols.hasEvent(record.name, in: record.provider) {
      return .eventNameTaken(record)
    }
    return nil
  }

  /// The files of `events/`, and the system name that puts an event there (`event_create_dir`,
  /// kernel/trace/trace_events.c): the kernel takes a group of that name, but makes no directory for it.
  private static let groupFiles: Set<String> = ["enable", "header_event", "header_page", "TRACE_SYSTEM"]

  /// The files of `events/GROUP/` (`event_subsystem_dir`): the event is taken but has no directory.
  private static let eventFiles: Set<String> = ["enable", "filter"]
}
