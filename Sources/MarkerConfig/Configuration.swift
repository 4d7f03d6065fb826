import MarkerJudge
public import MarkerScan
public import MarkerWrite
public import SystemPackage

/// What a project's file `.markers.toml` or `.markers.yaml` says.
public struct Configuration: Sendable {
  /// The file itself.
  public let path: FilePath
  /// Whose the markers of sources are that define no MARKER_PROVIDER; nil when the file does not say.
  public let provider: String?
  /// The baseline file; nil when there is none.
  public let baseline: FilePath?
  /// In the order of the file: `levels`, then the overrides.
  public let levels: [LevelLayer]
  public let policies: [Policy]

  /// Finds a kind by code or name.
  public typealias KindFinder = (String) -> FindingKind?

  /// Reads a file; its name says which syntax it has, TOML unless it ends in `.yaml` or `.yml`.
  ///
  /// - Throws: when it cannot be read, or a key or value is wrong.
  public init(reading path: FilePath, kind: KindFinder) throws(ConfigurationError) {
    let root = try ConfigNode(reading: path)
    var reader = try TableReader(root, path: path)
    self.path = path
    provider = try reader.string("provider")?.text
    // Relative to the file, which may be above the working directory.
    baseline = try reader.string("baseline").map { path.removingLastComponent().pushing(FilePath($0.text)) }
    var layers: [LevelLayer] = []
    layers.append(try Self.layer(reader.dictionary("levels"), selector: nil, reader, kind))
    for var table in try reader.tables("override") {
      let selector = try Self.selector(&table)
      layers.append(try Self.layer(table.dictionary("levels"), selector: selector, table, kind))
      try table.finish()
    }
    levels = layers
    var policies: [Policy] = []
    for var table in try reader.tables("policy") { policies.append(try Self.policy(&table)) }
    self.policies = policies
    try reader.finish()
  }

  private static func layer(
    _ entries: [(key: String, keyPlace: TextPlace, text: String, place: TextPlace)],
    selector: MarkerSelector?, _ reader: TableReader, _ kind: KindFinder
  ) throws(ConfigurationError) -> LevelLayer {
    var layer = LevelLayer(selector: selector)
    for entry in entries {
      guard let level = level(entry.text) else {
        throw reader.failure(
          entry.place, "'\(entry.text)' is no level; there are allow, note, warning, error")
      }
      if entry.key == "warnings" {
        guard level == .some(.error) else {
          throw reader.failure(entry.place, "'warnings' can only be 'error'")
        }
        layer.deniesWarnings = true
      } else if let kind = kind(entry.key) {
        layer.set(kind, level)
      } else {
        throw reader.failure(
          entry.keyPlace, "there is no finding '\(entry.key)'; 'markers explain --list' lists them")
      }
    }
    return layer
  }

  /// nil for what is no level; `.some(nil)` for "allow".
  private static func level(_ text: String) -> FindingLevel?? {
    text == "allow" ? .some(nil) : FindingLevel(rawValue: text).map { .some($0) }
  }

  private static func selector(_ table: inout TableReader) throws(ConfigurationError) -> MarkerSelector {
    MarkerSelector(
      markers: try table.strings("markers").map { Glob($0.text) },
      providers: try table.strings("providers").map { Glob($0.text) },
      files: try table.strings("files").map { Glob($0.text) })
  }

  private static func policy(_ table: inout TableReader) throws(ConfigurationError) -> Policy {
    let selector = try selector(&table)
    let require = try table.string("require")
    if let require, require.text != "ok" {
      throw table.failure(require.place, "'require' can only be 'ok'")
    }
    let copies = try table.integer("max-copies", from: 1)
    let cost = try table.string("max-cost")
    let worst = cost.flatMap { ProbeClass(rawValue: $0.text) }
    if let cost, worst == nil || worst == .depends {
      let names = ProbeClass.allCases.filter { $0 != .depends }.map(\.rawValue).joined(separator: ", ")
      throw table.failure(cost.place, "'\(cost.text)' is no class of probes; there are \(names)")
    }
    try table.finish()
    guard require != nil || copies != nil || worst != nil else {
      throw table.failure(table.place, "a policy has 'require', 'max-copies' or 'max-cost'")
    }
    return Policy(
      selector: selector, requiresOk: require != nil, maximumCopies: copies, maximumCost: worst,
      place: .text(path: table.path.string, line: table.place.line, column: table.place.column))
  }
}

extension ConfigNode {
  /// Reads a file by the syntax that its name says.
  init(reading path: FilePath) throws(ConfigurationError) {
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try TextFile.read(path)
    } catch {
      throw ConfigurationError(
        path: path, place: .start, reason: "cannot \(error.operation): \(error.reason)")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    switch path.extension {
    case "yaml", "yml": try self.init(yaml: text, path: path)
    default: try self.init(toml: text, path: path)
    }
  }
}
