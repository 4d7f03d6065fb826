public import MarkerScan

/// The levels at which findings are reported: those of their kinds, unless the user says otherwise.
public struct FindingLevels: Sendable {
  private var overrides: [String: FindingLevel?] = [:]
  /// Whether every warning that no override names is an error.
  public var deniesWarnings = false
  /// Findings below this level are left out.
  public var least = FindingLevel.note

  public init() {}

  /// Reports a kind at a level from now on; nil leaves its findings out.
  public mutating func set(_ kind: FindingKind, _ level: FindingLevel?) {
    overrides.updateValue(level, forKey: kind.code)
  }

  /// The level of a kind, nil when its findings are left out.
  public func level(of kind: FindingKind) -> FindingLevel? {
    let wanted =
      overrides[kind.code] ?? (deniesWarnings && kind.level == .warning ? .error : kind.level)
    return wanted.flatMap { $0 < least ? nil : $0 }
  }
}
