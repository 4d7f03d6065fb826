import ArgumentParser
import Elfutils
import MarkerCompare
import MarkerReport
import MarkerScan
import MarkerWrite
import SystemPackage

/// `markers report --html OUT [FILE…]`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page for the browser: every marker with its sites, values, findings and a picture.",
    discussion: """
      The page is one file that loads nothing else. A picture shows the lines of the function against its \
      addresses, the marker's sites, and for each variable where it is live. FILE is an image, which is resolved, \
      or a report that 'markers resolve --format json' wrote, which has no pictures. The page has a list of its \
      keys behind '?'.

      EXAMPLES:
        markers report --html markers.html vmlinux
        markers report --html - --markers my.list vmlinux ext4.ko > markers.html
        markers report --html builds.html gcc.json clang.json
      """)

  @OptionGroup var images: ImageOptions
  @OptionGroup var markers: MarkerOptions
  @Option(
    help: ArgumentHelp(
      "Write the page to OUT, '-' for standard output; a failed run leaves OUT as it was.", valueName: "out"),
    completion: .file(extensions: ["html"]))
  var html: String
  @Option(help: "Colour messages: auto, always or never.")
  var color: ColorMode = .auto

  func run() throws {
    var errors = ErrorReporter(color: color)
    var pipeline = Pipeline(markers, errors: &errors)
    pipeline.detail = .pictures
    let builds = builds(try images.paths(), pipeline, &errors)
    pipeline.tellListErrors(&errors)
    if !builds.isEmpty { write(builds, &errors) }
    try errors.status.exit()
  }

  private func write(_ builds: [ReportedBuild], _ errors: inout ErrorReporter) {
    errors.attempt { () throws(OutputError) in
      let page: String
      do {
        page = try ReportPage(builds, toolVersion: toolVersion).html()
      } catch {
        throw OutputError(path: html, reason: "the page's template is damaged: \(error)")
      }
      if html == "-" {
        try writeToStandardOutput(page)
      } else {
        try writeAtomically(page, to: FilePath(html))
      }
    }
  }

  /// The images, then the saved reports, each in the order given.
  private func builds(
    _ paths: [FilePath], _ pipeline: Pipeline, _ errors: inout ErrorReporter
  ) -> [ReportedBuild] {
    var saved: [ReportedBuild] = []
    var images: [FilePath] = []
    let reader = Builds(pipeline: pipeline)
    for path in paths {
      guard let report = errors.attempt({ () throws(InputError) in try reader.saved(path) }) else { continue }
      if let report { saved.append(ReportedBuild(report)) } else { images.append(path) }
    }
    let resolved = pipeline.resolveAll(images, placement: placementAsGiven, errors: &errors)
    let built = resolved.enumerated().compactMap { index, image in
      build(image, listFindings: index == 0 ? pipeline.listFindings : [], &errors)
    }
    return built + saved
  }

  private func build(
    _ resolved: ResolvedImage, listFindings: [LocatedFinding], _ errors: inout ErrorReporter
  ) -> ReportedBuild? {
    var events = EventTable(records: resolved.resolutions.map(\.record))
    let report = resolved.report(
      includesApproximate: true, listFindings: listFindings, events: &events
    ).report
    let saved = errors.attempt { () throws(InputError) in
      try SavedReport(json: Array(report.json.line.utf8), path: FilePath(resolved.name))
    }
    let pictures = report.markers.map { resolved.details[$0.resolution.record]?.pictures ?? [] }
    return saved.map { ReportedBuild($0, pictures: pictures) }
  }
}
