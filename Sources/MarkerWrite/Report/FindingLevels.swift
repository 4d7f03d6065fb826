public import MarkerScan

/// Levels for some kinds of findings, on some markers.
public struct LevelLayer: Sendable {
  /// nil for everything.
  public let selector: MarkerSelector?
  private var levels: [String: FindingLevel?] = [:]
  /// Whether every warning that the layer does not name is an error.
  public var deniesWarnings = false

  public init(selector: MarkerSelector? = nil) { self.selector = selector }

  /// Reports a kind at a level; nil leaves its findings out.
  public mutating func set(_ kind: FindingKind, _ level: FindingLevel?) {
    levels.updateValue(level, forKey: kind.code)
  }

  fileprivate func applied(to level: FindingLevel?, of kind: FindingKind) -> FindingLevel? {
    if let named = levels[kind.code] { return named }
    return deniesWarnings && level == .warning ? .error : level
  }

  fileprivate func covers(_ subject: LintSubject) -> Bool {
    guard let selector else { return true }
    switch subject {
    case .marker(let marker, _):
      let record = marker.resolution.record
      return selector.selects(provider: record.provider, name: record.name, file: record.file)
    case .located(.text(let path, _, _)): return selector.selects(place: path)
    case .located(.section(let image, _, _)): return selector.selects(place: image)
    }
  }
}

/// The levels at which findings are reported: those of their kinds, unless a layer says otherwise.
public struct FindingLevels: Sendable {
  /// Later layers win.
  private var layers: [LevelLayer]
  /// Findings below this level are left out.
  public var least = FindingLevel.note

  public init(_ layers: [LevelLayer] = []) { self.layers = layers }

  /// Adds a layer that wins over those before.
  public mutating func append(_ layer: LevelLayer) { layers.append(layer) }

  /// The level of a finding, which may be below ``least``; nil when it is left out.
  public func level(of kind: FindingKind, on subject: LintSubject) -> FindingLevel? {
    layers.reduce(kind.level) { level, layer in
      layer.covers(subject) ? layer.applied(to: level, of: kind) : level
    }
  }
}
