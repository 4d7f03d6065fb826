import ArgumentParser
import Elfutils
import MarkerResolve
import MarkerScan

/// `markers show NAME [FILE]`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show how the places of one marker were found, to check them by eye.",
    discussion: """
      For every body of the marker's function: the addresses that each argument speaks for (the marker's own line \
      table row, the statements before and behind), which of them the control-flow graph shows to be passed equally \
      often, the choice, and what stands against it. An address is followed by the view of its row.

      EXAMPLES:
        markers show read_done vmlinux
        markers show vfs:read_done --markers my.list vmlinux
      """)

  @Argument(help: "The marker's name, or provider:name.", completion: MarkerNameCompletion.kind)
  var name: String
  @OptionGroup var image: SingleImageOption
  @OptionGroup var markers: MarkerOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let pipeline = Pipeline(markers, errors: &errors)
    let path = try image.path()
    do throws(ElfError) {
      let traces = try pipeline.traces(of: { $0.isNamed(name) }, in: path)
      if traces.isEmpty {
        throw ElfError(
          operation: "show '\(name)'", path: path, reason: "no marker of that name",
          remedy: "markers scan lists the names of an image")
      }
      let text = traces.map { record, lines in
        (["\(record.provider):\(record.name)  \(record.file):\(record.line)"] + lines.map { "  " + $0 })
          .joined(separator: "\n") + "\n"
      }
      errors.attempt { () throws(OutputError) in try output.write(text.joined(separator: "\n")) }
    } catch {
      errors.report(error)
    }
    pipeline.tellListErrors(&errors)
    try errors.status.exit()
  }
}

extension MarkerRecord {
  fileprivate func isNamed(_ name: String) -> Bool { self.name == name || "\(provider):\(self.name)" == name }
}
