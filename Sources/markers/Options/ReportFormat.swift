import ArgumentParser

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
