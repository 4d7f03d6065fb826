public import MarkerWrite

/// One table: markers by build.
public struct BuildMatrix: Sendable {
  /// One build with its name in the table.
  public struct Column: Sendable {
    public let label: String
    public let report: SavedReport

    public init(label: String, report: SavedReport) {
      self.label = label
      self.report = report
    }
  }

  /// One marker of the table: markers of the same name in one file are told apart by their order.
  private struct Key: Hashable, Comparable {
    let title: String
    let file: String
    let number: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.title, left.file, left.number) < (right.title, right.file, right.number)
    }

    /// The row's name; it has the file where markers of several files have the title.
    func shown(withFile: Bool) -> String {
      (number == 0 ? title : "\(title)#\(number + 1)") + (withFile ? " (\(file))" : "")
    }
  }

  private let columns: [Column]
  private let states: [[Key: MarkerState]]
  private let keys: [Key]

  public init(_ columns: [Column]) {
    self.columns = columns
    states = columns.map { Self.states($0.report) }
    keys = Set(states.flatMap(\.keys)).sorted()
  }

  private static func states(_ report: SavedReport) -> [Key: MarkerState] {
    var counts: [Key: Int] = [:]
    var states: [Key: MarkerState] = [:]
    for marker in report.markers {
      let first = Key(title: marker.title, file: marker.file, number: 0)
      let number = counts[first, default: 0]
      counts[first] = number + 1
      states[Key(title: marker.title, file: marker.file, number: number)] = MarkerState(marker)
    }
    return states
  }

  /// "ok 2", "approximate 3 -len,name refused", or "-" where the build has no such marker.
  private func cell(_ key: Key, _ column: Int) -> String {
    guard let state = states[column][key] else { return "-" }
    let missing = state.missing.isEmpty ? [] : ["-" + state.missing.joined(separator: ",")]
    let verdict = state.verdict.flatMap { $0 == "accepted" ? nil : $0 }
    return ([state.status, "\(state.copies)"] + missing + [verdict].compactMap(\.self)).joined(separator: " ")
  }

  /// The table with columns of equal width.
  public func text() -> String {
    let files = Dictionary(grouping: keys, by: \.title).mapValues { Set($0.map(\.file)).count }
    let rows =
      [["marker"] + columns.map(\.label)]
      + keys.map { [$0.shown(withFile: (files[$0.title] ?? 0) > 1)] + cells($0) }
    let shown = rows.map { $0.map(TextStyle.printable) }
    let widths = (0...columns.count).map { column in shown.map { $0[column].count }.max() ?? 0 }
    return shown.map { row in
      let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func cells(_ key: Key) -> [String] { columns.indices.map { cell(key, $0) } }

  /// The form of `markers matrix --format json`.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init(
        "builds",
        .array(
          columns.map { column in
            .object([
              .init("label", .string(column.label)), .init("image", .string(column.report.image)),
              .init("build_id", .optional(column.report.buildID)),
            ])
          })),
      .init("markers", .array(keys.map(row))),
    ])
  }

  private func row(_ key: Key) -> JsonValue {
    .object([
      .init("marker", .string(key.title)), .init("file", .string(key.file)),
      .init("builds", .array(columns.indices.map { states[$0][key]?.json ?? .null })),
    ])
  }
}

extension MarkerState {
  public var json: JsonValue {
    .object([
      .init("status", .string(status)), .init("copies", .integer(copies)),
      .init("missing", .strings(missing)), .init("verdict", .optional(verdict)),
      .init("class", .optional(probeClass)),
    ])
  }
}
