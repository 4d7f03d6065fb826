internal import MarkerScan

/// Sorts findings into those that are shown, those that their marker allows and those that the baseline accepts.
struct SuppressionFilter {
  private(set) var shown: [LintEntry] = []
  private(set) var allowed: [LintEntry] = []
  private(set) var baselined: [BaselinedFinding] = []

  private let options: LintOptions
  /// How many findings of each key the baseline still accepts.
  private var accepted: [BaselineKey: Int] = [:]
  private let reasons: [BaselineKey: String]
  /// The allowances that a finding made use of, by marker and image.
  private var used: Set<UsedAllowance> = []

  private struct UsedAllowance: Hashable {
    let image: String
    let record: MarkerRecord
    let code: String
  }

  init(_ options: LintOptions) {
    self.options = options
    reasons = options.baseline?.reasons ?? [:]
    for entry in options.baseline?.entries ?? [] { accepted[entry.key, default: 0] += entry.count }
  }

  /// What says that something is not there.
  private static let absences: Set<FindingKind> = [.policyUnused, .baselineStale, .allowanceUnused]

  mutating func add(_ finding: Finding, _ subject: LintSubject) {
    if options.isPart && Self.absences.contains(finding.kind) { return }
    guard let level = options.levels.level(of: finding.kind, on: subject) else { return }
    let entry = LintEntry(finding: finding, level: level, subject: subject)
    if isAllowed(entry) {
      allowed.append(entry)
    } else if let left = accepted[BaselineKey(entry)], left > 0 {
      accepted[BaselineKey(entry)] = left - 1
      baselined.append(BaselinedFinding(entry: entry, reason: reasons[BaselineKey(entry)] ?? ""))
    } else if level >= options.levels.least {
      shown.append(entry)
    }
  }

  private mutating func isAllowed(_ entry: LintEntry) -> Bool {
    guard case .marker(let marker, let image) = entry.subject else { return false }
    let record = marker.resolution.record
    guard record.allowances.contains(where: { options.kind($0) == entry.finding.kind }) else { return false }
    used.insert(UsedAllowance(image: image, record: record, code: entry.finding.kind.code))
    return true
  }

  /// Tells of what a marker allows without need, once all its findings were added.
  mutating func addUnusedAllowances(of marker: MarkerReport, image: String) {
    let record = marker.resolution.record
    for text in record.allowances {
      guard let kind = options.kind(text) else {
        add(.allowanceUnknown(text), .marker(marker, image: image))
        continue
      }
      if !used.contains(UsedAllowance(image: image, record: record, code: kind.code)) {
        add(.allowanceUnused(text), .marker(marker, image: image))
      }
    }
  }

  /// Tells of what the baseline accepts without need, once all findings were added.
  mutating func addStaleEntries() {
    for entry in options.baseline?.entries ?? [] {
      guard let left = accepted[entry.key], left > 0, let place = entry.place else { continue }
      let unused = min(left, entry.count)
      accepted[entry.key] = left - unused
      add(.baselineStale(entry, unused: unused), .located(place))
    }
  }
}
