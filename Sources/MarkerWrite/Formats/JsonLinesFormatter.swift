/// One JSON object a line for each finding, as a member of `findings` in the JSON form; nothing when there is none.
public struct JsonLinesFormatter: LintFormatter {
  public init() {}

  public func text(_ report: LintReport) -> String {
    report.entries.map(\.json.line).joined()
  }
}
