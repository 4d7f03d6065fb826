public import MarkerScan

/// The events that are in use: which probes may share one, and which names are free.
public struct EventTable: Sendable {
  private struct Event: Sendable {
    let name: String
    let signature: [String]
    let first: MarkerRecord
    var probes: Set<[String]>
  }

  /// What a probe's event is to the marker's other probes and to other markers.
  struct Assignment {
    /// The event's name, nil when no free name of a permitted length is left.
    let name: String?
    /// The marker of the same name that was there before, nil when there is none.
    let other: MarkerRecord?
    /// Whether the event has the very same probe already, which the kernel refuses (`SAME_PROBE`).
    let isRepeated: Bool
  }

  private var events: [String: [Event]] = [:]
  /// `group/event`, with every marker's own name from the start, so that no number takes one.
  private var names: Set<String>

  /// - Parameter records: all markers that will be given events.
  public init(records: [MarkerRecord]) {
    names = Set(records.map { "\($0.provider)/\($0.name)" })
  }

  /// Finds or makes the event for a probe of a marker.
  mutating func assign(place: String, arguments: [ProbeArgument], of record: MarkerRecord) -> Assignment {
    let key = "\(record.provider)/\(record.name)"
    let signature = arguments.map { "\($0.name):\($0.type)" }
    let probe = [place] + arguments.map(\.text)
    var list = events[key] ?? []
    defer { events[key] = list }
    let other = list.map(\.first).first { $0 != record }
    if let index = list.firstIndex(where: { $0.signature == signature }) {
      let isNew = list[index].probes.insert(probe).inserted
      return Assignment(name: list[index].name, other: other, isRepeated: !isNew)
    }
    guard let name = freeName(record, isFirst: list.isEmpty) else {
      return Assignment(name: nil, other: other, isRepeated: false)
    }
    list.append(Event(name: name, signature: signature, first: record, probes: [probe]))
    return Assignment(name: name, other: other, isRepeated: false)
  }

  private mutating func freeName(_ record: MarkerRecord, isFirst: Bool) -> String? {
    if isFirst { return record.name }
    var number = 2
    while true {
      let name = "\(record.name)_\(number)"
      guard name.utf8.count <= TracefsLimits.nameByteCount else { return nil }
      if names.insert("\(record.provider)/\(name)").inserted { return name }
      number += 1
    }
  }
}
