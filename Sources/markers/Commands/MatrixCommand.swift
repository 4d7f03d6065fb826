import ArgumentParser
import MarkerCompare
import MarkerWrite
import SystemPackage

/// `markers matrix REPORT…`
struct MatrixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix",
    abstract: "Show one table of markers by build.",
    discussion: """
      A REPORT is what 'markers resolve --format json' wrote, or an image. A cell says the status, the number of \
      copies, the values that are missing at some copy, and what a kernel would say of the probes if not accepted; \
      '-' stands where a build has no such marker. A column is called by its file's name.

      EXAMPLES:
        markers matrix reports/*.json
        markers matrix gcc.json clang.json --format json
      """)

  @Argument(help: ArgumentHelp("Reports or images.", valueName: "report"), completion: .file())
  var reports: [String]
  @OptionGroup var markers: MarkerOptions
  @Option(help: "The form of the answer: text or json.")
  var format: ReportFormat = .text
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let builds = Builds(pipeline: Pipeline(markers, errors: &errors))
    let columns = reports.map { FilePath($0) }.compactMap { path in
      builds.read(path, &errors).map { BuildMatrix.Column(label: Builds.label(path), report: $0) }
    }
    let matrix = BuildMatrix(columns)
    let text = format == .json ? matrix.json.text : matrix.text()
    errors.attempt { () throws(OutputError) in try output.write(text) }
    builds.pipeline.tellListErrors(&errors)
    try errors.status.exit()
  }
}
