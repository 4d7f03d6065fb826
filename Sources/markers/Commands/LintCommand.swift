import ArgumentParser
import Elfutils
import MarkerResolve
import MarkerScan
import MarkerWrite
import SystemPackage

/// `markers lint [FILE…]`
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Tell what is wrong with the markers of an image, in the form of a compiler.",
    discussion: """
      Exit status: 0 nothing at error level, 1 findings at error level, 2 an input could not be processed, \
      64 the command line is wrong. `markers explain CODE` tells more about a finding.

      EXAMPLES:
        markers lint vmlinux
        markers lint --deny warnings --allow M404 drivers/net/*.ko
        markers lint --source drivers/net --format sarif -o markers.sarif vmlinux
      """)

  @OptionGroup var images: ImageOptions
  @OptionGroup var markers: MarkerOptions
  @Option(
    help: ArgumentHelp(
      "Also tell which markers of the C sources below DIR are in no image. Repeatable.", valueName: "dir"),
    completion: .directory)
  var source: [String] = []
  @OptionGroup var levelOptions: LevelOptions
  @Option(
    help: """
      The form of the answer: text (a compiler's), full (with source line and evidence), json, jsonl, sarif, \
      github (workflow commands), ktap or junit.
      """)
  var format: LintFormat = .text
  @Flag(help: "Print no line that counts the markers and the findings.")
  var quiet = false
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let pipeline = Pipeline(markers, offersLines: true, errors: &errors)
    let paths = try images.paths()
    let resolved = pipeline.resolveAll(paths, placement: placementAsGiven, errors: &errors)
    var events = EventTable(records: resolved.flatMap { $0.resolutions.map(\.record) })
    let reports = resolved.map { $0.report(includesApproximate: true, events: &events).report }
    let lint = LintReport(
      reports, listFindings: pipeline.listFindings + sourceFindings(reports, errors: &errors),
      levels: try levelOptions.levels())
    let text = format.formatter(style: output.style).text(lint)
    errors.attempt { () throws(OutputError) in try output.write(text) }
    if format.isForPeople && !quiet { writeToStandardError(lint.summary + "\n") }
    if lint.hasErrors { errors.noteErrorFindings() }
    try errors.status.exit()
  }

  /// What the trees of `--source` say.
  private func sourceFindings(_ reports: [Report], errors: inout ErrorReporter) -> [LocatedFinding] {
    let markers = reports.flatMap(\.markers).filter { $0.resolution.record.isFromImage }
    let told = markers.filter { $0.findings.contains { $0.kind == .lastInBlock } }
    let lint = SourceLint(
      roots: source.map { FilePath($0) }, recorded: markers.map(\.resolution.record),
      told: told.map(\.resolution.record))
    for error in lint.errors { errors.report(error) }
    return lint.findings
  }
}

extension MarkerRecord {
  fileprivate var isFromImage: Bool {
    switch origin {
    case .section: true
    case .list, .source: false
    }
  }
}
