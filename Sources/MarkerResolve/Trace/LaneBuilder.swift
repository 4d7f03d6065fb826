import Elfutils
import MarkerScan

/// Reads where the variables of a marker are live in one body of its function.
struct LaneBuilder {
  let resolver: Resolver
  let record: MarkerRecord
  let search: SiteSearch
  let outcome: InstanceOutcome

  /// One lane for each variable that the marker's expressions name.
  func lanes() -> [VariableLane] {
    var seen: Set<String> = []
    let names = record.captures.compactMap(\.expression).flatMap { $0.variables.sorted() }
    return names.filter { seen.insert($0).inserted }.map { lane($0) }
  }

  private func lane(_ name: String) -> VariableLane {
    do throws(NoValue) {
      let segments = try segments(of: try entry(name), name)
      if segments.isEmpty { return absent(name, "it is live nowhere in this body") }
      return VariableLane(name: name, segments: segments, absence: nil)
    } catch {
      switch error.absence {
      case .optimisedOut: return absent(name, "the compiler kept no location for it")
      case .unknownVariable: return absent(name, "no variable of this name is in scope")
      case .uncertain(let why), .notExpressible(let why), .typeMismatch(let why), .unsupported(let why):
        return absent(name, why)
      case .notLiveHere, .entryValueOnly, .unknownMember: return absent(name, "it has no value here")
      }
    }
  }

  private func absent(_ name: String, _ why: String) -> VariableLane {
    VariableLane(name: name, segments: [], absence: why)
  }

  private func entry(_ name: String) throws(NoValue) -> Die {
    let file = outcome.file
    let site = search.sites(of: outcome).first
    let instance = site?.instance ?? outcome.instance
    let scope = MarkerScope(
      origin: instance.die.abstractRoot, variables: InstanceVariables(instance: instance.die),
      address: site?.address ?? instance.die.ranges.first?.start ?? 0, search: search, files: file.numbers,
      globals: resolver.globals, unit: file.unit.contents)
    return try scope.entry(named: name)
  }

  private func segments(of die: Die, _ name: String) throws(NoValue) -> [VariableLane.Segment] {
    let body = outcome.shownRanges
    if die.has(.constValue) { return body.map { .init(range: $0, kind: .constant, place: "constant") } }
    if die.flag(.declaration), !die.has(.location) {
      return body.map { .init(range: $0, kind: .memory, place: "at the symbol '\(name)'") }
    }
    guard let entries = die.locations(.location) else {
      throw NoValue(.notExpressible("its location list cannot be decoded"))
    }
    if !entries.contains(where: { !$0.operations.isEmpty }) { throw NoValue(.optimisedOut) }
    let words = LocationWords(machine: resolver.image.identity.machine)
    var result: [VariableLane.Segment] = []
    for entry in entries where !entry.operations.isEmpty {
      let (kind, place) = words.describe(entry.operations)
      for range in body {
        let start = max(range.start, entry.range?.start ?? 0)
        let end = min(range.end, entry.range?.end ?? UInt64.max)
        guard start < end else { continue }
        result.append(.init(range: AddressRange(start: start, end: end), kind: kind, place: place))
      }
    }
    return Self.joined(result.sorted { $0.range < $1.range })
  }

  /// Neighbouring segments of one place become one.
  private static func joined(_ segments: [VariableLane.Segment]) -> [VariableLane.Segment] {
    var result: [VariableLane.Segment] = []
    for segment in segments {
      if let last = result.last, last.range.end == segment.range.start, last.kind == segment.kind,
        last.place == segment.place
      {
        let range = AddressRange(start: last.range.start, end: segment.range.end)
        result[result.count - 1] = .init(range: range, kind: last.kind, place: last.place)
      } else {
        result.append(segment)
      }
    }
    return result
  }
}
