internal import MarkerScan
public import MarkerWrite
public import SystemPackage

/// A baseline as a TOML file.
public enum BaselineFile {
  /// Reads a baseline.
  ///
  /// - Throws: when it cannot be read, or an entry is not of the form.
  public static func read(_ path: FilePath) throws(ConfigurationError) -> Baseline {
    var reader = try TableReader(try ConfigNode(reading: path), path: path)
    var entries: [BaselineEntry] = []
    for var table in try reader.tables("finding") { entries.append(try entry(&table)) }
    try reader.finish()
    return Baseline(entries)
  }

  private static func entry(_ table: inout TableReader) throws(ConfigurationError) -> BaselineEntry {
    let subject = try table.string("subject")
    let code = try table.string("code")
    let message = try table.string("message")
    let reason = try table.string("reason")
    let count = try table.integer("count", from: 1)
    try table.finish()
    guard let subject, let code, let message else {
      throw table.failure(table.place, "a finding has 'subject', 'code' and 'message'")
    }
    guard let reason, !reason.text.isEmpty else {
      throw table.failure(table.place, "a finding has a 'reason'")
    }
    return BaselineEntry(
      key: BaselineKey(subject: subject.text, code: code.text, message: message.text), count: count ?? 1,
      reason: reason.text,
      place: .text(path: table.path.string, line: table.place.line, column: table.place.column))
  }

  /// The file's text.
  public static func text(_ entries: [BaselineEntry]) -> String {
    let header = """
      # Findings of 'markers lint' that are accepted for now, each with its reason.
      # 'markers lint --update-baseline' rewrites this file and keeps the reasons.

      """
    return header
      + entries.map { entry in
        """

        [[finding]]
        subject = \(quoted(entry.key.subject))
        code = \(quoted(entry.key.code))
        message = \(quoted(entry.key.message))
        \(entry.count > 1 ? "count = \(entry.count)\n" : "")reason = \(quoted(entry.reason))

        """
      }.joined()
  }

  /// A basic string of TOML, whose escapes are those of JSON.
  private static func quoted(_ text: String) -> String {
    String(JsonValue.string(text).line.dropLast())
  }
}
