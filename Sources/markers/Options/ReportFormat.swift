import ArgumentParser
import MarkerWrite

/// `--format`: for people or for programs.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `--color`: whether text is coloured.
enum ColorMode: String, ExpressibleByArgument, CaseIterable {
  /// On a terminal, unless NO_COLOR is set or TERM is "dumb".
  case auto
  case always, never
}

/// `lint --format`: one for each reader of findings.
enum LintFormat: String, ExpressibleByArgument, CaseIterable {
  case text, full, json, jsonl, sarif, github, ktap, junit

  /// Whether people read it, so that a summary on standard error helps.
  var isForPeople: Bool { self == .text || self == .full }

  /// - Parameter style: the colours for the forms that people read.
  func formatter(style: TextStyle) -> any LintFormatter {
    switch self {
    case .text: CompilerFormatter(style: style)
    case .full: FullFormatter(style: style, sourceLine: SourceLines().line)
    case .json: JsonFormatter()
    case .jsonl: JsonLinesFormatter()
    case .sarif: SarifFormatter(version: toolVersion)
    case .github: GitHubFormatter()
    case .ktap: KtapFormatter()
    case .junit: JUnitFormatter()
    }
  }
}
