public import MarkerScan

/// The answer of `markers scan --zero-cost`.
public struct ComparisonReport: Sendable {
  private let first: String
  private let second: String
  private let differences: [ImageDifference]

  public init(first: String, second: String, _ comparison: ImageComparison) {
    self.first = first
    self.second = second
    differences = comparison.differences
  }

  /// Whether the machine gets the same of both images.
  public var isSame: Bool { differences.isEmpty }

  /// One line for each difference, then what they come to.
  public func text(style: TextStyle) -> String {
    let lines = differences.map { difference in
      let subject = style.paint(TextStyle.printable(difference.subject) + ":", .location)
      return "\(subject) \(difference.field): \(TextStyle.printable(difference.detail))\n"
    }
    let names = TextStyle.printable("'\(first)' and '\(second)'")
    let count = differences.count
    return lines.joined()
      + (isSame
        ? "\(names) are the same in every allocated section\n"
        : "\(names) differ in \(count) \(count == 1 ? "place" : "places")\n")
  }

  /// The form of `markers scan --zero-cost --format json`; Docs/scan.schema.json describes it.
  public var json: JsonValue {
    .object([
      .init("version", .integer(1)),
      .init("images", .strings([first, second])),
      .init("same", .bool(isSame)),
      .init("differences", .array(differences.map(\.json))),
    ])
  }
}

extension ImageDifference {
  fileprivate var json: JsonValue {
    .object([
      .init("subject", .string(subject)), .init("field", .string(field)), .init("detail", .string(detail)),
    ])
  }
}
