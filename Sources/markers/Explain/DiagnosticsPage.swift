import MarkerScan

/// The pages on findings: one for `markers explain CODE`, all of them for Docs/diagnostics.md.
enum DiagnosticsPage {
  /// The page of one kind, in Markdown, with its compiled examples.
  static func whole(_ kind: FindingKind) -> String { page(kind) + CompiledExamples.section(of: kind.code) }

  private static func page(_ kind: FindingKind) -> String {
    """
    # \(kind.code): \(kind.name)

    \(sentence(kind.summary)) Reported as \(article(kind.level)) \(kind.level.rawValue).

    \(kind.explanation)

    """
  }

  /// One line for each kind: code, level, name, summary.
  static func list(_ kinds: [FindingKind]) -> String {
    let width = kinds.map(\.name.count).max() ?? 0
    return kinds.map { kind in
      "\(kind.code)  \(padded(kind.level.rawValue, to: 7))  \(padded(kind.name, to: width))  \(kind.summary)\n"
    }.joined()
  }

  /// Docs/diagnostics.md: a table and the pages, their headings one level down.
  static func document(_ kinds: [FindingKind]) -> String {
    let rows = kinds.map { kind in
      "| [\(kind.code)](#\(anchor(kind))) | \(kind.name) | \(kind.level.rawValue) | \(kind.summary) |"
    }
    let pages = kinds.map { nested(page($0)) }
    return """
      # Diagnostics

      <!-- Made by `markers explain --document`; `make docs` writes it and a test compares it. -->

      | code | name | level | what it says |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      Levels change with `--deny`, `--warn` and `--allow`, by code or by name. `markers explain CODE` prints a page, and
      behind it two inputs that tests compile: one with the finding, one without (`Fixtures/explain/`).

      \(pages.joined(separator: "\n"))
      """
  }

  /// GitHub's anchor for the heading "M401: event-name-invalid".
  private static func anchor(_ kind: FindingKind) -> String { "\(kind.code.lowercased())-\(kind.name)" }

  /// Headings outside of code one level down.
  private static func nested(_ page: String) -> String {
    page.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("#") ? "#" + $0 : String($0) }
      .joined(separator: "\n")
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private static func article(_ level: FindingLevel) -> String {
    switch level {
    case .error: "an"
    case .note, .warning: "a"
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
