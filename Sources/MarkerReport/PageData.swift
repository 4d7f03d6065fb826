import MarkerCompare
import MarkerResolve
import MarkerWrite

/// What the page's script needs to show a marker, as JSON. Every text is free of control characters.
struct PageData {
  private let builds: [ReportedBuild]

  init(_ builds: [ReportedBuild]) { self.builds = builds }

  var json: JsonValue {
    var maps = CodeMaps()
    let markers = builds.enumerated().flatMap { index, build in
      build.report.markers.enumerated().map { number, marker in
        let pictures = build.pictures.map { number < $0.count ? $0[number] : [] }
        return marker.json(build: index, bodies: pictures.map { $0.map { maps.json($0) } })
      }
    }
    return .object([
      .init("builds", .array(builds.map { text($0.report.image) })),
      .init("kinds", .strings(VariableLane.Kind.allCases.map(\.rawValue))),
      .init("maps", .array(maps.list.map(\.json))),
      .init("markers", .array(markers)),
    ])
  }
}

/// A text of a report as the page may show it.
private func text(_ text: String) -> JsonValue { .string(TextStyle.printable(text)) }
private func text(_ text: String?) -> JsonValue { .optional(text.map { TextStyle.printable($0) }) }

/// The bodies of code that pictures show, each once.
private struct CodeMaps {
  private(set) var list: [CodeMap] = []
  private var numbers: [CodeMap: Int] = [:]

  /// A picture that refers to its body by number.
  mutating func json(_ picture: BodyPicture) -> JsonValue {
    let start = picture.code.ranges.first?.start ?? 0
    return .object([
      .init("map", .integer(number(of: picture.code))),
      .init("sites", .array(picture.sites.map { distance($0, from: start) })),
      .init("lanes", .array(picture.lanes.map { $0.json(from: start) })),
    ])
  }

  private mutating func number(of map: CodeMap) -> Int {
    if let number = numbers[map] { return number }
    numbers[map] = list.count
    list.append(map)
    return list.count - 1
  }
}

/// Bytes from the body's first address: small numbers, where JavaScript's would lose bits of a kernel address.
private func distance(_ address: UInt64, from start: UInt64) -> JsonValue {
  .integer(Int(Int64(bitPattern: address &- start)))
}

private func length(from start: UInt64, to end: UInt64) -> JsonValue { .integer(Int(clamping: end &- start)) }

extension CodeMap {
  fileprivate var json: JsonValue {
    let start = ranges.first?.start ?? 0
    return .object([
      .init("function", text(function)), .init("symbol", text(symbol)),
      .init("offset", .integer(Int(clamping: symbolOffset))), .init("inlined", .bool(isInlined)),
      .init(
        "ranges",
        .array(ranges.map { .array([distance($0.start, from: start), length(from: $0.start, to: $0.end)]) })),
      .init(
        "pieces",
        .array(
          pieces.map { piece in
            .array([
              distance(piece.range.start, from: start), length(from: piece.range.start, to: piece.range.end),
              .integer(piece.line), .integer(piece.isInlinedCall ? 1 : 0),
            ])
          })),
    ])
  }
}

extension VariableLane {
  fileprivate func json(from start: UInt64) -> JsonValue {
    let segments = segments.map { segment in
      JsonValue.array([
        distance(segment.range.start, from: start), length(from: segment.range.start, to: segment.range.end),
        .integer(Kind.allCases.firstIndex(of: segment.kind) ?? 0), text(segment.place),
      ])
    }
    return .object([
      .init("name", text(name)), .init("why", text(absence)), .init("segments", .array(segments)),
    ])
  }
}

extension SavedMarker {
  /// - Parameter bodies: the pictures; nil for a marker of a saved report.
  fileprivate func json(build: Int, bodies: [JsonValue]?) -> JsonValue {
    .object([
      .init("build", .integer(build)), .init("name", text(title)), .init("file", text(file)),
      .init("line", .integer(line)), .init("status", .string(PageRow.known(status))),
      .init("findings", .array((findings ?? []).map(\.json))), .init("sites", .array(sites.map(\.json))),
      .init("bodies", bodies.map { .array($0) } ?? .null),
    ])
  }
}

extension SavedFinding {
  fileprivate var json: JsonValue {
    .object([
      .init("code", text(code)), .init("level", text(level)), .init("message", text(message)),
      .init("notes", .array((notes ?? []).map { text($0) })), .init("help", text(help)),
    ])
  }
}

extension SavedSite {
  fileprivate var json: JsonValue {
    let place = symbol.map { symbol in offset.map { "\(symbol)+0x" + String($0, radix: 16) } ?? symbol }
    let chain = (inlineChain ?? []).map { frame in
      frame.callFile.map { "\(frame.function) (\($0):\(frame.callLine ?? 0))" } ?? frame.function
    }
    let said = verdict.map { verdict in
      [verdict.verdict + (verdict.errno.map { " with \($0)" } ?? ""), verdict.probeClass].compactMap(\.self)
        .joined(separator: ", ") + (verdict.reason.map { ": \($0)" } ?? "")
    }
    return .object([
      .init("address", text(address)), .init("place", text(place)), .init("function", text(function)),
      .init("chain", .array(chain.map { text($0) })), .init("copy", text(copy)),
      .init("reason", text(reason)),
      .init("verdict", text(said)), .init("class", text(verdict?.probeClass)),
      .init("definition", text(definition)), .init("arguments", .array(arguments.map(\.json))),
    ])
  }
}

extension SavedArgument {
  fileprivate var json: JsonValue {
    .object([
      .init("name", text(name)), .init("expression", text(expression)),
      .init("fetch", text(fetch.map { fetch in type.map { "\(fetch):\($0)" } ?? fetch })),
      .init("why", text(reason)),
    ])
  }
}
