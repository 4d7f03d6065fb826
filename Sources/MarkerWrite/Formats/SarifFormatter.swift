internal import MarkerScan

/// SARIF 2.1.0 (OASIS), which code hosts and editors show beside the source.
public struct SarifFormatter: LintFormatter {
  /// The tool's version, as the log names it.
  private let version: String

  public init(version: String) { self.version = version }

  public func text(_ report: LintReport) -> String {
    let all = report.entries + report.allowed + report.baselined.map(\.entry)
    let kinds = Set(all.map(\.finding.kind)).sorted { $0.code < $1.code }
    let indexes = Dictionary(
      kinds.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    return JsonValue.object([
      .init("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      .init("version", .string("2.1.0")),
      .init(
        "runs",
        .array([
          .object([
            .init("tool", .object([.init("driver", driver(kinds))])),
            .init("columnKind", .string("utf16CodeUnits")),
            .init(
              "results",
              .array(
                report.entries.map { Self.result($0, indexes, []) }
                  + report.allowed.map { Self.result($0, indexes, [Self.suppression("inSource", nil)]) }
                  + report.baselined.map {
                    Self.result($0.entry, indexes, [Self.suppression("external", $0.reason)])
                  })),
          ])
        ])),
    ]).text
  }

  private func driver(_ kinds: [FindingKind]) -> JsonValue {
    .object([
      .init("name", .string("markers")),
      .init("semanticVersion", .string(version)),
      .init("rules", .array(kinds.map(Self.rule))),
    ])
  }

  private static func rule(_ kind: FindingKind) -> JsonValue {
    .object([
      .init("id", .string(kind.code)),
      .init("name", .string(kind.name)),
      .init("shortDescription", message(kind.summary)),
      .init(
        "help",
        .object([
          .init("text", .string(kind.explanation)), .init("markdown", .string(kind.explanation)),
        ])),
      .init("defaultConfiguration", .object([.init("level", .string(kind.level.rawValue))])),
    ])
  }

  /// Why a finding is not shown: SARIF's word, and what people say (SARIF 2.1.0, section 3.35).
  private static func suppression(_ kind: String, _ justification: String?) -> JsonValue {
    .object(
      [.init("kind", .string(kind))] + (justification.map { [.init("justification", .string($0))] } ?? []))
  }

  /// - Parameter suppressions: empty for a finding that is shown; SARIF tells an empty list from none.
  private static func result(
    _ entry: LintEntry, _ indexes: [String: Int], _ suppressions: [JsonValue]
  ) -> JsonValue {
    .object(
      [
        .init("ruleId", .string(entry.finding.kind.code)),
        .init("ruleIndex", .integer(indexes[entry.finding.kind.code] ?? -1)),
        .init("level", .string(entry.level.rawValue)),
        .init("message", message(entry.paragraphs)),
        .init("locations", .array([location(entry)])),
        .init("partialFingerprints", .object([.init("marker/v1", .string(fingerprint(entry)))])),
        .init("suppressions", .array(suppressions)),
      ] + relatedLocations(entry))
  }

  /// What stays of a finding when lines move.
  private static func fingerprint(_ entry: LintEntry) -> String {
    let key = BaselineKey(entry)
    return "\(key.subject) \(key.code) \(key.message)"
  }

  private static func location(_ entry: LintEntry) -> JsonValue {
    .object([.init("physicalLocation", physical(entry))] + logical(entry))
  }

  private static func physical(_ entry: LintEntry) -> JsonValue {
    switch entry.subject {
    case .located(.section(let image, _, _)):
      return .object([.init("artifactLocation", artifact(image))])
    case .marker, .located(.text):
      guard let place = entry.textPlace else { return .object([]) }
      return physical(file: place.file, line: place.line, column: place.column)
    }
  }

  private static func physical(file: String, line: Int, column: Int? = nil) -> JsonValue {
    .object([
      .init("artifactLocation", artifact(file)),
      .init(
        "region",
        .object(
          [.init("startLine", .integer(line))] + (column.map { [.init("startColumn", .integer($0))] } ?? []))
      ),
    ])
  }

  /// A path as a URI reference (RFC 3986): one of the source tree stays relative to its root.
  private static func artifact(_ path: String) -> JsonValue {
    if path.hasPrefix("/") { return .object([.init("uri", .string("file://\(percentEncoded(path))"))]) }
    // "a:b" would be read as a scheme.
    let isScheme = path.prefix { $0 != "/" }.contains(":")
    return .object([
      .init("uri", .string((isScheme ? "./" : "") + percentEncoded(path))),
      .init("uriBaseId", .string("%SRCROOT%")),
    ])
  }

  private static func logical(_ entry: LintEntry) -> [JsonValue.Member] {
    switch entry.subject {
    case .located: return []
    case .marker(let marker, _):
      let record = marker.resolution.record
      let location = JsonValue.object([
        .init("name", .string(record.name)), .init("fullyQualifiedName", .string(marker.title)),
        .init("kind", .string("marker")),
      ])
      return [.init("logicalLocations", .array([location]))]
    }
  }

  /// The calls through which the marker's code was inlined.
  private static func relatedLocations(_ entry: LintEntry) -> [JsonValue.Member] {
    guard case .marker(let marker, _) = entry.subject else { return [] }
    var seen: Set<String> = []
    let calls = marker.resolution.sites.flatMap(\.inlineChain).compactMap { frame -> JsonValue? in
      guard let file = frame.callFile, let line = frame.callLine, line > 0,
        seen.insert("\(frame.function)\u{0}\(file)\u{0}\(line)").inserted
      else { return nil }
      return .object([
        .init("physicalLocation", physical(file: file, line: line)),
        .init("message", message("'\(frame.function)' is inlined here")),
      ])
    }
    return calls.isEmpty ? [] : [.init("relatedLocations", .array(calls))]
  }

  private static func message(_ text: String) -> JsonValue { .object([.init("text", .string(text))]) }
}

/// Everything but the unreserved characters of RFC 3986 and the slash as `%XX`.
private func percentEncoded(_ path: String) -> String {
  var output = ""
  for byte in path.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
      output.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      output += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
  }
  return output
}
