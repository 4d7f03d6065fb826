import ArgumentParser
import MarkerCompare
import MarkerWrite
import SystemPackage

/// `markers diff OLD NEW`
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell what changed for the markers from one build to another.",
    discussion: """
      OLD and NEW are images, or reports that 'markers resolve --format json' wrote. A marker that is gone, a value \
      that is fetched at fewer copies, a worse status or verdict and a costlier probe are regressions.

      Exit status: 0 no regression, 1 regressions, 2 an input could not be processed, 64 the command line is wrong.

      EXAMPLES:
        markers diff old/vmlinux vmlinux
        markers diff v6.1.json v6.12.json --format json
      """)

  @Argument(help: "The build before.", completion: .file())
  var old: String
  @Argument(help: "The build after.", completion: .file())
  var new: String
  @OptionGroup var markers: MarkerOptions
  @Option(help: "The form of the answer: text or json.")
  var format: ReportFormat = .text
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let builds = Builds(pipeline: Pipeline(markers, errors: &errors))
    let before = builds.read(FilePath(old), &errors)
    let after = builds.read(FilePath(new), &errors)
    if let before, let after {
      let comparison = BuildComparison(old: before, new: after)
      let text = format == .json ? comparison.json.text : comparison.text(style: output.style)
      errors.attempt { () throws(OutputError) in try output.write(text) }
      if format == .text { writeToStandardError(comparison.summary + "\n") }
      if comparison.hasRegressions { errors.noteErrorFindings() }
    }
    builds.pipeline.tellListErrors(&errors)
    try errors.status.exit()
  }
}
