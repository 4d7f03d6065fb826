import ArgumentParser
import Elfutils
import MarkerConfig
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
  @OptionGroup var configOptions: ConfigOptions
  @OptionGroup var baselineOptions: BaselineOptions
  @Option(
    help: """
      The form of the answer: text (a compiler's), full (with source line and evidence), json, jsonl, sarif, \
      github (workflow commands), ktap or junit.
      """)
  var format: LintFormat = .text
  @Flag(help: "Print no line that counts the markers and the findings.")
  var quiet = false
  @Flag(
    help: """
      The files are only parts of an image, such as objects: do not tell what is missing in them, such as the file \
      of a list's marker, or the markers of a policy.
      """)
  var part = false
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    guard let settings = try settings(&errors) else { return try errors.status.exit() }
    var pipeline = Pipeline(markers, offersLines: true, errors: &errors)
    pipeline.hasWholeImages = !part
    let paths = try images.paths()
    let resolved = pipeline.resolveAll(paths, placement: placementAsGiven, errors: &errors)
    var events = EventTable(records: resolved.flatMap { $0.resolutions.map(\.record) })
    let reports = resolved.map { $0.report(includesApproximate: true, events: &events).report }
    let inputFindings =
      pipeline.listFindings + sourceFindings(reports, provider: settings.provider, errors: &errors)
    let lint = LintReport(reports, listFindings: inputFindings, options: settings.options)
    let text = format.formatter(style: output.style).text(lint)
    errors.attempt { () throws(OutputError) in try output.write(text) }
    if format.isForPeople && !quiet { writeToStandardError(lint.summary + "\n") }
    if baselineOptions.updateBaseline, let path = settings.baseline {
      // What could not be read is not gone.
      guard errors.status == .clean else { return try errors.status.exit() }
      errors.attempt { () throws(OutputError) in
        try baselineOptions.update(path, settings.options.baseline, for: lint)
      }
    } else if lint.hasErrors {
      errors.noteErrorFindings()
    }
    try errors.status.exit()
  }

  /// What the command line, the configuration and the baseline come to.
  private struct Settings {
    var options = LintOptions(kind: FindingRegistry.kind)
    var provider: String?
    var baseline: FilePath?
  }

  /// nil when a file cannot be used, which was told.
  private func settings(_ errors: inout ErrorReporter) throws -> Settings? {
    var settings = Settings()
    do throws(ConfigurationError) {
      let configuration = try configOptions.read()
      settings.options.levels = FindingLevels(configuration?.levels ?? [])
      settings.options.policies = configuration?.policies ?? []
      settings.provider = configuration?.provider
      settings.baseline = baselineOptions.path(configuration)
      settings.options.baseline = try baselineOptions.read(settings.baseline)
    } catch {
      errors.report(error)
      return nil
    }
    if baselineOptions.updateBaseline && settings.baseline == nil {
      throw ValidationError("--update-baseline needs --baseline FILE, or 'baseline' in the configuration")
    }
    if baselineOptions.updateBaseline && part {
      throw ValidationError("--update-baseline cannot be used with --part, which does not see all findings")
    }
    settings.options.isPart = part
    settings.options.levels.append(try levelOptions.layer())
    settings.options.levels.least = levelOptions.least
    return settings
  }

  /// What the trees of `--source` say.
  private func sourceFindings(
    _ reports: [Report], provider: String?, errors: inout ErrorReporter
  ) -> [LocatedFinding] {
    let markers = reports.flatMap(\.markers).filter { $0.resolution.record.isFromImage }
    let told = markers.filter { $0.findings.contains { $0.kind == .lastInBlock } }
    let lint = SourceLint(
      roots: source.map { FilePath($0) }, provider: provider, recorded: markers.map(\.resolution.record),
      told: told.map(\.resolution.record))
    for error in lint.errors { errors.report(error) }
    return lint.findings.filter { !part || $0.finding.kind != .notInImage }
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
