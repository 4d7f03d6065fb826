/// One JSON object with all findings and a summary; Docs/lint.schema.json describes it.
public struct JsonFormatter: LintFormatter {
  public init() {}

  public func text(_ report: LintReport) -> String {
    JsonValue.object([
      .init("version", .integer(1)),
      .init("images", .strings(report.images.map(\.name))),
      .init("findings", .array(report.entries.map(\.json))),
      .init(
        "summary",
        .object([
          .init("markers", .integer(report.markerCount)),
          .init("ok", .integer(report.count(.ok))),
          .init("approximate", .integer(report.count(.approximate))),
          .init("none", .integer(report.count(.none))),
          .init("errors", .integer(report.count(.error))),
          .init("warnings", .integer(report.count(.warning))),
          .init("notes", .integer(report.count(.note))),
          .init("suppressed", .integer(report.suppressedCount)),
        ])),
    ]).text
  }
}
