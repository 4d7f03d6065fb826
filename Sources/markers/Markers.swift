import ArgumentParser

#if canImport(Glibc)
  import Glibc
#endif

/// The command: parses the line into plain values and hands them to one of the subcommands.
@main
struct Markers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markers",
    abstract: "Static markers for the Linux kernel: from a line of C to probe definitions.",
    discussion: """
      Exit status: 0 done and clean, 1 findings at error level, 2 an input could not be processed, \
      64 the command line is wrong.
      """,
    version: toolVersion,
    subcommands: [
      ScanCommand.self, ResolveCommand.self, LintCommand.self, EmitCommand.self, ShowCommand.self,
      ReportCommand.self,
      VerdictCommand.self, DiffCommand.self, MatrixCommand.self, HistoryCommand.self,
      DoctorCommand.self,
      ExplainCommand.self,
    ])

  static func main() {
    // A reader that goes away (`markers scan … | head`) is an ordinary end: writes then fail with EPIPE.
    signal(SIGPIPE, SIG_IGN)
    main(nil)
  }
}

/// The tool's version, as `--version` and the JSON report name it.
let toolVersion = "0.1.0"
