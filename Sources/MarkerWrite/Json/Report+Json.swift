public import MarkerResolve
internal import MarkerScan

extension Report {
  /// The form of `markers resolve --format json`; Docs/resolve.schema.json describes it.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init("image", .string(image)),
      .init("build_id", .optional(buildID)),
      .init("markers", .array(markers.map { $0.json(verdicts: verdicts) })),
      .init("findings", .array(inputFindings.map { $0.json(level: $0.finding.kind.level) })),
    ])
  }
}

extension MarkerReport {
  fileprivate func json(verdicts: [UInt64: SiteVerdict]) -> JsonValue {
    let record = resolution.record
    let places = Dictionary(
      definitions.definitions.map { ($0.address, $0.line) }, uniquingKeysWith: { first, _ in first })
    return .object([
      .init("provider", .string(record.provider)),
      .init("name", .string(record.name)),
      .init("file", .string(record.file)),
      .init("line", .integer(record.line)),
      .init("status", .string(resolution.status.rawValue)),
      .init("findings", .array(findings.map { .object($0.members(level: $0.kind.level)) })),
      .init(
        "sites",
        .array(
          resolution.sites.map {
            $0.json(definition: places[$0.address], verdict: verdicts[$0.address])
          })),
    ])
  }
}

extension SiteResolution {
  fileprivate func json(definition: String?, verdict: SiteVerdict?) -> JsonValue {
    .object([
      .init("address", .address(address)),
      .init("symbol", .optional(place?.symbol)),
      .init("offset", .optional(place.flatMap { Int(exactly: $0.offset) })),
      .init("function", .string(function)),
      .init("inline_chain", .array(inlineChain.map(\.json))),
      .init("copy", .string(copy.text)),
      .init("reason", .string(reason)),
      .init("definition", .optional(definition)),
      .init("verdict", verdict?.json ?? .null),
      .init("arguments", .array(arguments.map(\.json))),
    ])
  }
}

extension SiteVerdict {
  fileprivate var json: JsonValue {
    .object([
      .init("verdict", .string(verdict)),
      .init("errno", .optional(errno)),
      .init("reason", .optional(reason)),
      .init("class", .optional(probeClass)),
    ])
  }
}

extension InlineFrame {
  fileprivate var json: JsonValue {
    .object([
      .init("function", .string(function)),
      .init("call_file", .optional(callFile)),
      .init("call_line", .optional(callLine)),
    ])
  }
}

extension ArgumentResolution {
  fileprivate var json: JsonValue {
    .object([
      .init("name", .string(name)),
      .init("expression", .string(expression)),
      .init("fetch", .optional(fetch?.expression)),
      .init("type", .optional(fetch?.type)),
      .init("status", .string(status.rawValue)),
      .init("reason", .optional(absence?.sentence)),
    ])
  }
}

extension Finding {
  /// The members that every finding has in every report.
  func members(level: FindingLevel) -> [JsonValue.Member] {
    [
      .init("code", .string(kind.code)),
      .init("name", .string(kind.name)),
      .init("level", .string(level.rawValue)),
      .init("message", .string(message)),
      .init("notes", .strings(notes)),
      .init("help", .optional(help)),
    ]
  }
}

extension LocatedFinding {
  /// A finding that belongs to no marker, with its place.
  func json(level: FindingLevel) -> JsonValue {
    .object(finding.members(level: level) + location.members)
  }
}

extension FindingLocation {
  fileprivate var members: [JsonValue.Member] {
    switch self {
    case .text(let path, let line, let column):
      [.init("file", .string(path)), .init("line", .integer(line)), .init("column", .integer(column))]
    case .section(let image, let section, let offset):
      [
        .init("image", .string(image)), .init("section", .string(section)),
        .init("offset", .optional(Int(exactly: offset))),
      ]
    }
  }
}

extension CopyKind {
  /// "out-of-line", "inlined", or the suffix of a clone's symbol: ".isra".
  public var text: String {
    switch self {
    case .outOfLine: "out-of-line"
    case .inlined: "inlined"
    case .clone(let suffix): suffix
    }
  }
}
