public import MarkerWrite

extension BuildComparison {
  /// One line for each change, in the form of a compiler.
  public func text(style: TextStyle) -> String {
    changes.map { change in
      let place = TextStyle.printable("\(change.marker.file):\(change.marker.line):")
      let label = style.paint("\(change.weight.rawValue):", change.weight.role)
      let message = TextStyle.printable("marker '\(change.marker.title)': \(change.message)")
      return "\(style.paint(place, .location)) \(label) \(message) [\(change.kind.rawValue)]\n"
    }.joined()
  }

  /// One line: what was compared and how many changes there are of each weight.
  public var summary: String {
    let counts = [
      (Change.Weight.regression, "regression"), (.improvement, "improvement"), (.change, "other change"),
    ].map { weight, word in "\(count(weight)) \(word)\(count(weight) == 1 ? "" : "s")" }
    return "markers: \(old.markers.count) markers before, \(new.markers.count) now; "
      + counts.joined(separator: ", ")
  }

  /// The form of `markers diff --format json`; Docs/diff.schema.json describes it.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init("old", old.identity), .init("new", new.identity),
      .init("changes", .array(changes.map(\.json))),
      .init(
        "summary",
        .object([
          .init("regressions", .integer(count(.regression))),
          .init("improvements", .integer(count(.improvement))),
          .init("changes", .integer(count(.change))),
        ])),
    ])
  }
}

extension SavedReport {
  fileprivate var identity: JsonValue {
    .object([.init("image", .string(image)), .init("build_id", .optional(buildID))])
  }
}

extension Change {
  fileprivate var json: JsonValue {
    .object([
      .init("kind", .string(kind.rawValue)), .init("weight", .string(weight.rawValue)),
      .init("provider", .string(marker.provider)), .init("marker", .string(marker.name)),
      .init("file", .string(marker.file)), .init("line", .integer(marker.line)),
      .init("message", .string(message)), .init("old", .optional(old)), .init("new", .optional(new)),
    ])
  }
}

extension Change.Weight {
  fileprivate var role: TextStyle.Role {
    switch self {
    case .regression: .error
    case .improvement: .help
    case .change: .note
    }
  }
}
