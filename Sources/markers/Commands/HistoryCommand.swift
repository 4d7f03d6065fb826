import ArgumentParser
import MarkerCompare
import MarkerHistory
import MarkerScan
import MarkerWrite
import SystemPackage

/// `markers history add|show`
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Keep what markers were in many builds, and ask since when a value is gone.",
    subcommands: [HistoryAddCommand.self, HistoryShowCommand.self])
}

/// `markers history add DB REPORT…`
struct HistoryAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add builds to a history.",
    discussion: """
      A REPORT is what 'markers resolve --format json' wrote, or an image. DB is made when there is none. Adding is a \
      union by build id and marker: the order does not count, and adding twice changes nothing, so that the reports of \
      many machines are merged by adding them all. Docs/many-builds.md tells more.

      EXAMPLES:
        markers history add markers.db reports/*.json
        markers history add markers.db vmlinux --label v6.1.90
      """)

  @Argument(help: ArgumentHelp("The history, an SQLite file.", valueName: "db"), completion: .file())
  var database: String
  @Argument(help: ArgumentHelp("Reports or images.", valueName: "report"), completion: .file())
  var reports: [String]
  @Option(
    help: "What the build is called, which also says where it stands among others. Default: the file's name.")
  var label: String?
  @OptionGroup var markers: MarkerOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if label != nil && reports.count > 1 { throw ValidationError("--label is for one REPORT") }
  }

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let builds = Builds(pipeline: Pipeline(markers, errors: &errors))
    let path = FilePath(database)
    if let history = errors.attempt({ () throws(HistoryError) in try HistoryDatabase(path, creates: true) }) {
      for report in reports.map({ FilePath($0) }) { add(report, builds, history, &errors) }
    }
    builds.pipeline.tellListErrors(&errors)
    try errors.status.exit()
  }

  private func add(
    _ path: FilePath, _ builds: Builds, _ history: HistoryDatabase, _ errors: inout ErrorReporter
  ) {
    guard let report = builds.read(path, &errors) else { return }
    guard let id = report.buildID ?? label else {
      return errors.report(
        InputError(
          operation: "add", path: path, reason: "the image has no build id",
          remedy: "link it with --build-id, or name it with --label"))
    }
    errors.attempt { () throws(HistoryError) in
      try history.add(report, id: id, label: label ?? Builds.label(path))
    }
  }
}

/// `markers history show DB [NAME]`
struct HistoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show in which builds each marker was what.",
    discussion: """
      Builds stand in the order of their labels, in which numbers count as numbers: v6.9 is before v6.10-rc1, and that \
      before v6.10.

      EXAMPLES:
        markers history show markers.db
        markers history show markers.db vfs:read --format json
      """)

  @Argument(help: ArgumentHelp("The history, an SQLite file.", valueName: "db"), completion: .file())
  var database: String
  @Argument(help: "The marker's name, or provider:name. Default: all.")
  var name: String?
  @Option(help: "The form of the answer: text or json.")
  var format: ReportFormat = .text
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let path = FilePath(database)
    do throws(HistoryError) {
      let history = try HistoryDatabase(path, creates: false).history(of: name)
      if history.isEmpty, let name {
        errors.report(HistoryError(path: path, reason: "no build has a marker '\(name)'"))
      } else {
        let text = format == .json ? history.json.text : history.text()
        errors.attempt { () throws(OutputError) in try output.write(text) }
      }
    } catch {
      errors.report(error)
    }
    try errors.status.exit()
  }
}
