internal import MarkerScan

/// Workflow commands of GitHub Actions, which become annotations on the lines of a pull request.
public struct GitHubFormatter: LintFormatter {
  public init() {}

  public func text(_ report: LintReport) -> String {
    report.entries.map { Self.line($0) + "\n" }.joined()
  }

  private static func line(_ entry: LintEntry) -> String {
    var properties: [String] = []
    if let place = entry.textPlace {
      properties.append("file=\(property(place.file))")
      properties.append("line=\(place.line)")
      if let column = place.column { properties.append("col=\(column)") }
    }
    properties.append("title=\(property("\(entry.finding.kind.code) \(entry.finding.kind.name)"))")
    return "::\(command(entry.level)) \(properties.joined(separator: ","))::\(data(entry.paragraphs))"
  }

  /// The command that GitHub knows for a level.
  private static func command(_ level: FindingLevel) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// The three bytes that a command's text must not have.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property's value, in which the separators are written out as well.
  private static func property(_ text: String) -> String {
    data(TextStyle.printable(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

extension LintEntry {
  /// Message, notes and help, a line each, without control characters.
  var paragraphs: String {
    let lines =
      [textPlace == nil ? "\(place): \(message)" : message] + finding.notes.map { "note: \($0)" }
      + (finding.help.map { ["help: \($0)"] } ?? [])
    return lines.map(TextStyle.printable).joined(separator: "\n")
  }
}
