import ArgumentParser
import MarkerScan
import MarkerWrite

/// At which level findings are reported; these win over the configuration.
struct LevelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report findings of CODE as errors; 'warnings' is every warning. Repeatable.", valueName: "code"),
    completion: FindingRegistry.completion)
  var deny: [String] = []

  @Option(
    help: ArgumentHelp("Report findings of CODE as warnings. Repeatable.", valueName: "code"),
    completion: FindingRegistry.completion)
  var warn: [String] = []

  @Option(
    help: ArgumentHelp("Leave out findings of CODE. Repeatable.", valueName: "code"),
    completion: FindingRegistry.completion)
  var allow: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out findings below LEVEL: note (default), warning or error.", valueName: "level"),
    completion: .list(FindingLevel.allCases.map(\.rawValue)), transform: leastLevel)
  var least = FindingLevel.note

  func validate() throws { _ = try layer() }

  /// The levels that result.
  ///
  /// - Throws: a usage error for an unknown code, or one with two levels.
  func layer() throws -> LevelLayer {
    var layer = LevelLayer()
    var seen: Set<FindingKind> = []
    for (texts, level) in [(deny, FindingLevel.error), (warn, .warning), (allow, nil)] {
      for text in texts {
        if level == .error && text == "warnings" {
          layer.deniesWarnings = true
          continue
        }
        let kind = try FindingRegistry.require(text)
        guard seen.insert(kind).inserted else {
          throw ValidationError("'\(kind.code)' has more than one of --deny, --warn and --allow")
        }
        layer.set(kind, level)
      }
    }
    return layer
  }
}

/// - Throws: a usage error when there is no level of that name.
private func leastLevel(_ text: String) throws -> FindingLevel {
  guard let level = FindingLevel(rawValue: text) else {
    throw ValidationError("'\(text)' is none of note, warning and error")
  }
  return level
}
