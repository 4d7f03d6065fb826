internal import MarkerResolve
public import MarkerScan

/// What a project wants of its findings.
public struct LintOptions: Sendable {
  public var levels = FindingLevels()
  public var policies: [Policy] = []
  /// Findings that are accepted for now; nil when there is no baseline.
  public var baseline: Baseline?
  /// Whether the images are parts of one that is not seen as a whole: what they lack may be in another part.
  public var isPart = false
  /// Finds a kind by the code or name that a marker allows.
  public var kind: @Sendable (String) -> FindingKind?

  public init(kind: @escaping @Sendable (String) -> FindingKind?) { self.kind = kind }
}

/// The findings of one or several images at the levels that the user wants, in the order in which they are read.
public struct LintReport: Sendable {
  /// One image and its markers.
  struct Image: Sendable {
    let name: String
    let markers: [MarkerReport]
  }

  public let entries: [LintEntry]
  /// What the markers themselves allow.
  public let allowed: [LintEntry]
  /// What the baseline accepts.
  public let baselined: [BaselinedFinding]
  let images: [Image]
  private let counts: [ResolutionStatus: Int]

  public init(_ reports: [Report], listFindings: [LocatedFinding], options: LintOptions) {
    let images = reports.map { Image(name: $0.image, markers: $0.markers) }
    counts = reports.reduce(into: [:]) { counts, report in
      for marker in report.markers { counts[marker.resolution.status, default: 0] += 1 }
    }
    let policies = PolicyRun(options.policies, reports: reports)
    let located = (listFindings + reports.flatMap(\.inputFindings) + policies.unused).sorted()
    let all =
      located.map { ($0.finding, .located($0.location)) }
      + Self.sorted(images) { $0.findings + policies.findings(of: $0, in: $1) }
    var filter = SuppressionFilter(options)
    for (finding, subject) in all { filter.add(finding, subject) }
    for image in images {
      for marker in image.markers { filter.addUnusedAllowances(of: marker, image: image.name) }
    }
    filter.addStaleEntries()
    entries = filter.shown
    allowed = filter.allowed
    baselined = filter.baselined
    self.images = images
  }

  /// By file and line, as an editor walks through them; then by marker and code.
  private static func sorted(
    _ images: [Image], findings: (MarkerReport, Int) -> [Finding]
  ) -> [(Finding, LintSubject)] {
    let all = images.enumerated().flatMap { index, image in
      image.markers.flatMap { marker in findings(marker, index).map { (image.name, marker, $0) } }
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
    let suppressed = suppressedCount == 0 ? [] : ["\(suppressedCount) suppressed"]
    return "markers: \(counted(markerCount, "marker")): \(statuses.joined(separator: ", ")); "
      + (levels + suppressed).joined(separator: ", ")
  }

  var markerCount: Int { counts.values.reduce(0, +) }

  var suppressedCount: Int { allowed.count + baselined.count }

  func count(_ level: FindingLevel) -> Int { entries.count { $0.level == level } }

  func count(_ status: ResolutionStatus) -> Int { counts[status] ?? 0 }

  /// The findings of no marker, and those of each marker of each image, in the order of ``entries``.
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
