import ArgumentParser
import Elfutils
import MarkerScan
import MarkerWrite
import SystemPackage

/// `markers resolve [FILE]`
struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Show every address at which a marker is reached and where its values are there.",
    discussion: """
      The JSON is described by Docs/resolve.schema.json. Addresses are link addresses of the ELF file.

      EXAMPLES:
        markers resolve vmlinux
        markers resolve --markers my.list --format json ext4.ko
      """)

  @OptionGroup var image: SingleImageOption
  @OptionGroup var markers: MarkerOptions
  @Option(help: "The form of the answer: text or json.")
  var format: ReportFormat = .text
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let pipeline = Pipeline(markers, errors: &errors)
    let path = try image.path()
    do throws(ElfError) {
      let resolved = try pipeline.resolveSingle(path, placement: placementAsGiven, errors: &errors)
      let text = text(resolved, listFindings: pipeline.listFindings)
      errors.attempt { () throws(OutputError) in try output.write(text) }
    } catch {
      errors.report(error)
    }
    pipeline.tellListErrors(&errors)
    try errors.status.exit()
  }

  /// The list's findings go to standard error, and into the JSON as well.
  private func text(_ resolved: ResolvedImage, listFindings: [LocatedFinding]) -> String {
    var events = EventTable(records: resolved.resolutions.map(\.record))
    let report = resolved.report(
      includesApproximate: true, listFindings: format == .json ? listFindings : [], events: &events
    ).report
    return switch format {
    case .json: report.json.text
    case .text: ReportText(style: output.style).text(report)
    }
  }
}
