public import MarkerWrite

/// One build of a history.
public struct HistoryBuild: Sendable, Hashable {
  /// The build id, or what stands for it.
  public let id: String
  public let label: String
}

/// What a marker was in one build.
public struct HistoryEntry: Sendable, Hashable {
  let build: String
  let title: String
  let file: String
  let line: Int
  let status: String
  let copies: Int
  /// The expressions without a value at some copy.
  let missing: [String]
  let verdict: String?
  let probeClass: String?

  /// What counts, in words; two builds with the same words are one stretch.
  fileprivate var shown: String {
    let gone = missing.isEmpty ? [] : ["without " + missing.map { "'\($0)'" }.joined(separator: ", ")]
    let count = copies == 1 ? "1 copy" : "\(copies) copies"
    let probe = [verdict.flatMap { $0 == "accepted" ? nil : $0 }, probeClass].compactMap(\.self)
    return ([status, count] + gone + probe).joined(separator: ", ")
  }
}

/// The markers over the builds, in the order of the builds' labels (numbers in them count as numbers).
public struct MarkerHistory: Sendable {
  private let builds: [HistoryBuild]
  private let entries: [String: [String: [HistoryEntry]]]

  init(builds: [HistoryBuild], entries: [HistoryEntry]) {
    self.builds = builds.sorted { left, right in
      if left.label != right.label { return LabelOrder.precedes(left.label, right.label) }
      return left.id < right.id
    }
    self.entries = Dictionary(grouping: entries, by: \.title).mapValues { entries in
      Dictionary(grouping: entries, by: \.build).mapValues {
        $0.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
      }
    }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// Builds in a row in which a marker was the same.
  private struct Stretch {
    let first: String
    var last: String
    /// nil where the marker was not there.
    let state: [String]?
  }

  private func stretches(_ title: String) -> [Stretch] {
    var stretches: [Stretch] = []
    for build in builds {
      let state = entries[title]?[build.id]?.map(\.shown)
      if stretches.last.map({ $0.state == state }) == true {
        stretches[stretches.count - 1].last = build.label
      } else {
        stretches.append(Stretch(first: build.label, last: build.label, state: state))
      }
    }
    return stretches
  }

  /// For each marker, the stretches of builds in which it was the same.
  public func text() -> String {
    entries.keys.sorted().map { title in
      let lines = stretches(title).map { stretch in
        let range = stretch.first == stretch.last ? stretch.first : "\(stretch.first) to \(stretch.last)"
        return "  \(range): \(stretch.state?.joined(separator: "; ") ?? "not there")\n"
      }
      return TextStyle.printable(title) + "\n"
        + lines.map { TextStyle.printable(String($0.dropLast())) + "\n" }.joined()
    }.joined()
  }

  /// The form of `markers history show --format json`.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init(
        "builds",
        .array(builds.map { .object([.init("id", .string($0.id)), .init("label", .string($0.label))]) })),
      .init(
        "markers",
        .array(
          entries.keys.sorted().map { title in
            .object([
              .init("marker", .string(title)),
              .init("stretches", .array(stretches(title).map(Self.json))),
            ])
          })),
    ])
  }

  private static func json(_ stretch: Stretch) -> JsonValue {
    .object([
      .init("first", .string(stretch.first)), .init("last", .string(stretch.last)),
      .init("state", stretch.state.map { .strings($0) } ?? .null),
    ])
  }
}

/// The order of version numbers: digits count as numbers, "rc" comes before nothing.
enum LabelOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (one, other) = (parts(left), parts(right))
    for (a, b) in zip(one, other) where a != b {
      switch (a, b) {
      case (.number(let x), .number(let y)) where x.count != y.count: return x.count < y.count
      case (.number(let x), .number(let y)): return x < y
      case (.text(let x), .text(let y)): return x < y
      case (.number, .text): return false
      case (.text, .number): return true
      }
    }
    if one.count != other.count {
      let rest = one.count > other.count ? one[other.count] : other[one.count]
      let isCandidate = rest == .text("-rc")
      return one.count < other.count ? !isCandidate : isCandidate
    }
    return left < right
  }

  private enum Part: Equatable {
    /// Digits without leading zeros.
    case number(String)
    case text(String)
  }

  private static func parts(_ label: String) -> [Part] {
    var parts: [Part] = []
    var rest = label[...]
    while let first = rest.first {
      let isNumber = first.isASCII && first.isNumber
      let run = rest.prefix { ($0.isASCII && $0.isNumber) == isNumber }
      parts.append(isNumber ? .number(String(run.drop { $0 == "0" })) : .text(String(run)))
      rest = rest[run.endIndex...]
    }
    return parts
  }
}
