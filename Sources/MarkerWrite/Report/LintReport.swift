internal import MarkerResolve
public import MarkerScan

/// The findings of one or several images at the levels that the user wants, in the order in which they are read.
public struct LintReport: Sendable {
  /// One image and its markers.
  struct Image: Sendable {
    let name: String
    let markers: [MarkerReport]
  }

  public let entries: [LintEntry]
  let images: [Image]
  private let counts: [ResolutionStatus: Int]

  public init(_ reports: [Report], listFindings: [LocatedFinding], levels: FindingLevels) {
    images = reports.map { Image(name: $0.image, markers: $0.markers) }
    counts = reports.reduce(into: [:]) { counts, report in
      for marker in report.markers { counts[marker.resolution.status, default: 0] += 1 }
    }
    let located = (listFindings + reports.flatMap(\.inputFindings)).sorted()
    entries =
      (located.map { ($0.finding, .located($0.location)) } + Self.sorted(images)).compactMap {
        (finding: Finding, subject: LintSubject) in
        levels.level(of: finding.kind).map { LintEntry(finding: finding, level: $0, subject: subject) }
      }
  }

  /// By file and line, as an editor walks through them; then by marker and code.
  private static func sorted(_ images: [Image]) -> [(Finding, LintSubject)] {
    let all = images.flatMap { image in
      image.markers.flatMap { marker in marker.findings.map { (image.name, marker, $0) } }
    }
    return all.sorted { left, right in
      let (one, other) = (left.1.resolution.record, right.1.resolution.record)
      if one.file != other.file { return one.file < other.file }
      if one.line != other.line { return one.line < other.line }
      if one != other { return one.sortKey < other.sortKey }
      return left.2.kind.code < right.2.kind.code
    }.map { ($0.2, .marker($0.1, image: $0.0)) }
  }

  /// Whether a finding is at error level.
  public var hasErrors: Bool { entries.contains { $0.level == .error } }

  /// One line: how many markers, how they were resolved, how many findings of each level.
  public var summary: String {
    let statuses = [ResolutionStatus.ok, .approximate, .none].map { "\(counts[$0] ?? 0) \($0.rawValue)" }
    let levels = [(FindingLevel.error, "error"), (.warning, "warning"), (.note, "note")].map { level, word in
      counted(count(level), word)
    }
    return "markers: \(counted(markerCount, "marker")): \(statuses.joined(separator: ", ")); "
      + levels.joined(separator: ", ")
  }

  var markerCount: Int { counts.values.reduce(0, +) }

  func count(_ level: FindingLevel) -> Int { entries.count { $0.level == level } }

  func count(_ status: ResolutionStatus) -> Int { counts[status] ?? 0 }

  /// The findings of one marker of one image, and the findings of no marker, in the order of ``entries``.
  func grouped() -> (located: [LintEntry], markers: [[[LintEntry]]]) {
    var located: [LintEntry] = []
    var byMarker: [MarkerKey: [LintEntry]] = [:]
    for entry in entries {
      switch entry.subject {
      case .located: located.append(entry)
      case .marker(let marker, let image):
        byMarker[MarkerKey(image: image, record: marker.resolution.record), default: []].append(entry)
      }
    }
    let markers = images.map { image in
      image.markers.map { byMarker[MarkerKey(image: image.name, record: $0.resolution.record)] ?? [] }
    }
    return (located, markers)
  }
}

private struct MarkerKey: Hashable {
  let image: String
  let record: MarkerRecord
}

/// "1 marker", "2 markers"
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
