import ArgumentParser
import MarkerScan
import MarkerWrite

/// `markers explain CODE…`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a finding: what it means, why it is so, what to do.",
    discussion: """
      CODE is a code (M401) or a name (event-name-invalid), as findings show them.

      EXAMPLES:
        markers explain M404
        markers explain --list
      """)

  @Argument(
    help: ArgumentHelp("The findings to explain.", valueName: "code"),
    completion: FindingRegistry.completion)
  var codes: [String] = []

  @Flag(help: "List every finding in one line.")
  var list = false

  @Flag(help: .hidden)
  var document = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard list || document || !codes.isEmpty else {
      throw ValidationError("give a CODE to explain, or --list")
    }
    for code in codes { _ = try kind(code) }
  }

  func run() throws {
    let text =
      if document {
        DiagnosticsPage.document(FindingRegistry.kinds)
      } else if list {
        DiagnosticsPage.list(FindingRegistry.kinds)
      } else {
        try codes.map { DiagnosticsPage.whole(try kind($0)) }.joined(separator: "\n")
      }
    var errors = ErrorReporter(color: output.color)
    errors.attempt { () throws(OutputError) in try output.write(text) }
    try errors.status.exit()
  }

  private func kind(_ code: String) throws -> FindingKind {
    try FindingRegistry.require(code)
  }
}

extension FindingRegistry {
  /// What a shell offers for a finding: codes and names.
  static var completion: CompletionKind { .list(kinds.flatMap { [$0.code, $0.name] }) }

  /// The kind of a code or name.
  ///
  /// - Throws: a usage error with near names when there is none.
  static func require(_ text: String) throws -> FindingKind {
    if let kind = kind(text) { return kind }
    let names = near(text)
    let hint =
      names.isEmpty ? "'markers explain --list' lists them" : "did you mean \(names.joined(separator: ", "))?"
    throw ValidationError("there is no finding '\(text)'; \(hint)")
  }
}
