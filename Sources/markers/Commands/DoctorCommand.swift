import ArgumentParser
import MarkerWrite
import SystemPackage

/// `markers doctor [FILE]`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell what this machine lacks for probes, and the command that mends it.",
    discussion: """
      Looks for the debug image of the running kernel, whether it is the running kernel's (by build id), for tracefs, \
      the permission to write probes, and switches of the kernel that keep probes away. Nothing is changed.

      Exit status: 0 nothing is missing, 1 something is.

      EXAMPLES:
        markers doctor
        markers doctor ./vmlinux
      """)

  @Argument(
    help: ArgumentHelp(
      "The image that probes are made from. Default: the debug image of the running kernel.",
      valueName: "file"),
    completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp(
      "Look at the system below DIR, which a container or a guest may be.", valueName: "dir"),
    completion: .directory)
  var root = "/"

  @Option(help: "The form of the answer: text or json.")
  var format: ReportFormat = .text
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let doctor = Doctor(system: SystemFiles(root: FilePath(root)), image: file.map { FilePath($0) })
    let checks = doctor.examine()
    let text =
      switch format {
      case .text: checks.map { $0.text(style: output.style) }.joined()
      case .json:
        JsonValue.object([.init("version", .integer(1)), .init("checks", .array(checks.map(\.json)))]).text
      }
    errors.attempt { () throws(OutputError) in try output.write(text) }
    if checks.contains(where: { $0.state == .missing }) { errors.noteErrorFindings() }
    try errors.status.exit()
  }
}
