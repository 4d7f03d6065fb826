public import MarkerScan

/// The markers that images, lists and sources hold, as they were written.
public struct ScanReport: Sendable {
  /// In the order of provider, name, file, line and captures; those of one place in the order of the inputs.
  public let records: [MarkerRecord]
  private let findings: [(finding: LocatedFinding, level: FindingLevel)]

  public init(records: [MarkerRecord], findings: [LocatedFinding], levels: FindingLevels) {
    let numbered = records.enumerated().sorted { left, right in
      if left.element.sortKey < right.element.sortKey { return true }
      return !(right.element.sortKey < left.element.sortKey) && left.offset < right.offset
    }
    self.records = numbered.map(\.element)
    self.findings = findings.sorted().compactMap { finding in
      levels.level(of: finding.finding.kind, on: .located(finding.location)).flatMap {
        $0 < levels.least ? nil : (finding, $0)
      }
    }
  }

  /// Whether a finding is at error level.
  public var hasErrors: Bool { findings.contains { $0.level == .error } }

  /// The findings in the form of a compiler; empty when there are none.
  public func findingText(style: TextStyle) -> String {
    let text = FindingText(style: style)
    return findings.map { text.text($0.finding, level: $0.level) }.joined()
  }

  /// The markers in the form of a marker list, which `--markers` reads: each marker once.
  ///
  /// What a list cannot say stands as a comment.
  public var listText: String {
    var lines: [String] = []
    for record in records {
      let line = Self.line(record)
      if lines.last != line { lines.append(line) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func line(_ record: MarkerRecord) -> String {
    let captures = record.captures.map(\.text).joined(separator: ", ")
    let line = TextStyle.printable(
      "\(record.provider):\(record.name)  \(record.file):\(record.line)"
        + (record.allowances.isEmpty ? "" : "  @allow=\(record.allowances.joined(separator: ","))")
        + (captures.isEmpty ? "" : "  \(captures)"))
    let read = MarkerList(text: Array(line.utf8), path: "")
    let isReadBack = read.records.count == 1 && read.records[0].isSameMarker(as: record)
    return isReadBack ? line : "# not a line of a list: \(line)"
  }

  /// The form of `markers scan --format json`; Docs/scan.schema.json describes it.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init("markers", .array(records.map(\.json))),
      .init("findings", .array(findings.map { $0.finding.json(level: $0.level) })),
    ])
  }
}

extension MarkerRecord {
  fileprivate func isSameMarker(as other: MarkerRecord) -> Bool {
    provider == other.provider && name == other.name && file == other.file && line == other.line
      && captures.map(\.text) == other.captures.map(\.text) && allowances == other.allowances
  }

  fileprivate var json: JsonValue {
    .object([
      .init("provider", .string(provider)),
      .init("name", .string(name)),
      .init("file", .string(file)),
      .init("line", .integer(line)),
      .init("captures", .array(captures.map(\.json))),
      .init("allowances", .strings(allowances)),
      .init("origin", .object(origin.members)),
    ])
  }
}

extension Capture {
  fileprivate var json: JsonValue {
    .object([
      .init("text", .string(text)),
      .init("label", .optional(label)),
      .init("expression", .string(expressionText)),
      .init("format", .optional(format?.spelling)),
      .init("unsupported", .optional(unsupported)),
    ])
  }
}

extension RecordOrigin {
  fileprivate var members: [JsonValue.Member] {
    switch self {
    case .section(let image, let section, let offset):
      [
        .init("image", .string(image)), .init("section", .string(section)),
        .init("offset", .optional(Int(exactly: offset))),
      ]
    case .list(let path, let line): [.init("list", .string(path)), .init("line", .integer(line))]
    case .source(let path, let line, let column):
      [.init("source", .string(path)), .init("line", .integer(line)), .init("column", .integer(column))]
    }
  }
}

extension CaptureFormat {
  /// The format as it is written behind the colon: "u32", "x8[16]".
  fileprivate var spelling: String {
    let name =
      switch base {
      case .integer(let style, let bits): style.rawValue + String(bits)
      case .style(let style): style.rawValue
      case .string: "string"
      case .ustring: "ustring"
      case .symbol: "symbol"
      }
    return name + (count.map { "[\($0)]" } ?? "")
  }
}
