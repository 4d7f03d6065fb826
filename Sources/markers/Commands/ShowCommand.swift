import ArgumentParser
import Elfutils
import MarkerResolve
import MarkerScan
import MarkerWrite

/// `markers show NAME [FILE]`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show how the places of one marker were found, to check them by eye.",
    discussion: """
      The source around the marker with the addresses of its statements; the sites with their values and findings; \
      then for every body of the marked function: the line table's rows, the arguments for the place (which \
      addresses each speaks for, and whether the control-flow graph shows them to be passed equally often), the \
      choice and what stands against it, where each variable is live, and the code and graph around each site. \
      "+0x1a/2" is an address, as its distance from the function's symbol, and the view of its row.

      EXAMPLES:
        markers show read_done vmlinux
        markers show vfs:read_done --markers my.list --source-prefix /build=. vmlinux
      """)

  @Argument(help: "The marker's name, or provider:name.", completion: MarkerNameCompletion.kind)
  var name: String
  @OptionGroup var image: SingleImageOption
  @OptionGroup var markers: MarkerOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    var pipeline = Pipeline(markers, errors: &errors)
    pipeline.isWanted = { [name] in $0.isNamed(name) }
    pipeline.detail = .trace
    let path = try image.path()
    do throws(ElfError) {
      let resolved = try pipeline.resolveSingle(path, placement: placementAsGiven, errors: &errors)
      if resolved.resolutions.isEmpty {
        throw ElfError(
          operation: "show '\(name)'", path: path, reason: "no marker of that name",
          remedy: "markers scan lists the names of an image")
      }
      let text = text(resolved)
      errors.attempt { () throws(OutputError) in try output.write(text) }
    } catch {
      errors.report(error)
    }
    pipeline.tellListErrors(&errors)
    try errors.status.exit()
  }

  /// Each marker as `markers resolve` shows it, then how it was found.
  private func text(_ resolved: ResolvedImage) -> String {
    var events = EventTable(records: resolved.resolutions.map(\.record))
    let report = resolved.report(includesApproximate: true, events: &events).report
    let resolutions = ReportText(style: output.style)
    let traces = TraceText(style: output.style)
    return report.markers.map { marker in
      let trace = resolved.details[marker.resolution.record]?.trace
      return resolutions.text(marker, verdicts: report.verdicts) + (trace.map { traces.text($0) } ?? "")
    }.joined(separator: "\n")
  }
}

extension MarkerRecord {
  fileprivate func isNamed(_ name: String) -> Bool { self.name == name || "\(provider):\(self.name)" == name }
}
