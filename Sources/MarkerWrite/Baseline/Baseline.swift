public import MarkerScan

/// Findings that a project has accepted for now.
public struct Baseline: Sendable {
  public let entries: [BaselineEntry]

  public init(_ entries: [BaselineEntry]) { self.entries = entries }

  /// The entries for the findings of a report, those that the baseline accepted included; notes stay out. Entries
  /// that are known keep their reasons, others get a fixed one.
  ///
  /// In the order of subject, code and message.
  public func updated(for report: LintReport) -> [BaselineEntry] {
    let reasons = self.reasons
    var counts: [BaselineKey: Int] = [:]
    for entry in report.entries + report.baselined.map(\.entry) where entry.level != .note {
      counts[BaselineKey(entry), default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { key, count in
      BaselineEntry(key: key, count: count, reason: reasons[key] ?? Self.newReason, place: nil)
    }
  }

  /// Why findings are accepted: what the first entry of a key says.
  var reasons: [BaselineKey: String] {
    Dictionary(entries.map { ($0.key, $0.reason) }, uniquingKeysWith: { first, _ in first })
  }

  /// What stands as the reason until somebody writes one.
  public static let newReason = "not looked at yet"
}

/// A finding of a run that the baseline accepts.
public struct BaselinedFinding: Sendable {
  public let entry: LintEntry
  /// What the baseline says why.
  public let reason: String
}

/// A finding that is accepted, some number of times.
public struct BaselineEntry: Sendable {
  public let key: BaselineKey
  /// How many findings of the key are accepted; at least 1.
  public let count: Int
  /// Why they are.
  public let reason: String
  /// Where the entry stands; nil for one that is not written yet.
  public let place: FindingLocation?

  public init(key: BaselineKey, count: Int, reason: String, place: FindingLocation?) {
    self.key = key
    self.count = count
    self.reason = reason
    self.place = place
  }
}
