internal import MarkerResolve
public import MarkerScan

/// The findings of one or several images at the levels that the user wants, in the order in which they are read.
public struct LintReport: Sendable {
  /// One finding with what it speaks of.
  enum Entry: Sendable {
    case marker(Finding, MarkerRecord, image: String)
    case located(LocatedFinding)
  }

  let entries: [(entry: Entry, level: FindingLevel)]
  private let images: [String]
  private let counts: [ResolutionStatus: Int]

  public init(_ reports: [Report], listFindings: [LocatedFinding], levels: FindingLevels) {
    var entries: [Entry] = (listFindings + reports.flatMap(\.inputFindings)).sorted().map { .located($0) }
    var markers: [(Entry, MarkerRecord, Finding)] = []
    var counts: [ResolutionStatus: Int] = [:]
    for report in reports {
      for marker in report.markers {
        counts[marker.resolution.status, default: 0] += 1
        let record = marker.resolution.record
        markers += marker.findings.map { (.marker($0, record, image: report.image), record, $0) }
      }
    }
    entries += Self.sorted(markers)
    self.entries = entries.compactMap { entry in levels.level(of: entry.finding.kind).map { (entry, $0) } }
    images = reports.map(\.image)
    self.counts = counts
  }

  /// By file and line, as an editor walks through them; then by marker and code.
  private static func sorted(_ markers: [(Entry, MarkerRecord, Finding)]) -> [Entry] {
    markers.sorted { left, right in
      if left.1.file != right.1.file { return left.1.file < right.1.file }
      if left.1.line != right.1.line { return left.1.line < right.1.line }
      if left.1 != right.1 { return left.1.sortKey < right.1.sortKey }
      return left.2.kind.code < right.2.kind.code
    }.map(\.0)
  }

  /// Whether a finding is at error level.
  public var hasErrors: Bool { entries.contains { $0.level == .error } }

  /// One line: how many markers, how they were resolved, how many findings of each level.
  public var summary: String {
    let markers = counts.values.reduce(0, +)
    let statuses = [ResolutionStatus.ok, .approximate, .none].map { "\(counts[$0] ?? 0) \($0.rawValue)" }
    let levels = [(FindingLevel.error, "error"), (.warning, "warning"), (.note, "note")].map { level, word in
      counted(entries.count { $0.level == level }, word)
    }
    return "markers: \(counted(markers, "marker")): \(statuses.joined(separator: ", ")); "
      + levels.joined(separator: ", ")
  }

  /// The findings as a compiler writes them.
  public func text(style: TextStyle) -> String {
    let findings = FindingText(style: style)
    return entries.map { entry, level in
      switch entry {
      case .marker(let finding, let record, _): findings.text(finding, of: record, level: level)
      case .located(let finding): findings.text(finding, level: level)
      }
    }.joined()
  }

  /// The form of `markers lint --format json`.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init("images", .strings(images)),
      .init("findings", .array(entries.map { $0.entry.json(level: $0.level) })),
      .init(
        "summary",
        .object([
          .init("markers", .integer(counts.values.reduce(0, +))),
          .init("ok", .integer(counts[.ok] ?? 0)),
          .init("approximate", .integer(counts[.approximate] ?? 0)),
          .init("none", .integer(counts[ResolutionStatus.none] ?? 0)),
          .init("errors", .integer(entries.count { $0.level == .error })),
          .init("warnings", .integer(entries.count { $0.level == .warning })),
          .init("notes", .integer(entries.count { $0.level == .note })),
        ])),
    ])
  }
}

extension LintReport.Entry {
  var finding: Finding {
    switch self {
    case .marker(let finding, _, _): finding
    case .located(let located): located.finding
    }
  }

  fileprivate func json(level: FindingLevel) -> JsonValue {
    switch self {
    case .located(let finding): finding.json(level: level)
    case .marker(let finding, let record, let image):
      .object(
        finding.members(level: level) + [
          .init("provider", .string(record.provider)), .init("marker", .string(record.name)),
          .init("file", .string(record.file)), .init("line", .integer(record.line)),
          .init("image", .string(image)),
        ])
    }
  }
}

/// "1 marker", "2 markers"
private func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
