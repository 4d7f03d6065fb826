import ArgumentParser
import Elfutils
import MarkerConfig
import MarkerScan
import MarkerWrite
import SystemPackage

/// `markers scan FILE…`
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "List the markers that images record, that sources write and that lists name.",
    discussion: """
      The text is a marker list, which every command reads with --markers. With --zero-cost, compare two images \
      instead: what the machine gets of them.

      Exit status: 0 done, and with --zero-cost the same; 1 findings at error level, or a difference; 2 an input \
      could not be processed; 64 the command line is wrong.

      EXAMPLES:
        markers scan vmlinux drivers/net/*.ko
        markers scan --source linux-6.1 --format json
        markers scan --source drivers/net > net.list && markers lint --markers net.list vmlinux
        markers scan --zero-cost on.o off.o
      """)

  @Argument(
    help: ArgumentHelp(
      "ELF images: vmlinux, modules (also .xz and .zst), objects, archives, programs, libraries.",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "List the uses of MARKER() in the C sources below DIR. Repeatable.", valueName: "dir"),
    completion: .directory)
  var source: [String] = []

  @Option(
    help: ArgumentHelp(
      "Whose the markers of --source are where the file defines no MARKER_PROVIDER.", valueName: "name"))
  var provider: String?

  @Option(
    name: .customLong("markers"),
    help: ArgumentHelp("List the markers of LIST; - is standard input. Repeatable.", valueName: "list"),
    completion: .file())
  var lists: [String] = []

  @Option(
    name: .customLong("debug-dir"),
    help: ArgumentHelp(
      "Look for the records of a stripped file in debug files below DIR, too, as below /usr/lib/debug. Repeatable.",
      valueName: "dir"),
    completion: .directory)
  var debugDirectories: [String] = []

  @Flag(help: "Compare the allocated sections, relocations and symbols of two images.")
  var zeroCost = false

  @OptionGroup var levelOptions: LevelOptions
  @OptionGroup var configOptions: ConfigOptions

  @Option(help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if zeroCost {
      guard files.count == 2, source.isEmpty, lists.isEmpty else {
        throw ValidationError("--zero-cost compares exactly two files")
      }
    }
    guard zeroCost || !(files.isEmpty && source.isEmpty && lists.isEmpty) else {
      throw ValidationError("give a FILE, --source DIR or --markers LIST")
    }
  }

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    if zeroCost { compare(&errors) } else { try scan(&errors) }
    try errors.status.exit()
  }

  // MARK: Listing

  private func scan(_ errors: inout ErrorReporter) throws {
    let configuration: Configuration?
    do throws(ConfigurationError) {
      configuration = try configOptions.read()
    } catch {
      return errors.report(error)
    }
    var records: [MarkerRecord] = []
    var findings: [LocatedFinding] = []
    for file in files {
      for scan in scans(FilePath(file), &errors) {
        records += scan.records
        findings += scan.findings
      }
    }
    for list in lists {
      let read = errors.attempt { () throws(InputError) in try MarkerList(reading: FilePath(list)) }
      records += read?.records ?? []
      findings += read?.findings ?? []
    }
    for directory in source {
      let scan = SourceScan(
        reading: FilePath(directory),
        provider: provider ?? configuration?.provider ?? SourceScan.defaultProvider)
      for error in scan.errors { errors.report(error) }
      records += scan.records
      findings += scan.findings
    }
    var levels = FindingLevels((configuration?.levels ?? []) + [try levelOptions.layer()])
    levels.least = levelOptions.least
    write(ScanReport(records: records, findings: findings, levels: levels), &errors)
  }

  /// One scan for each image in the file; a file or member that cannot be read is told, and the others count.
  private func scans(_ path: FilePath, _ errors: inout ErrorReporter) -> [RecordScan] {
    let images =
      errors.attempt { () throws(ElfError) in
        try ElfFile.open(path, debugDirectories: debugDirectories.map { FilePath($0) })
      } ?? []
    var scans: [RecordScan] = []
    for image in images {
      if let scan = errors.attempt({ () throws(ElfError) in try RecordScan(image: image) }) {
        scans.append(scan)
      }
    }
    return scans
  }

  /// The findings go to standard error, and into the JSON in place of it.
  private func write(_ report: ScanReport, _ errors: inout ErrorReporter) {
    let text = format == .json ? report.json.text : report.listText
    if format == .text {
      let style = TextStyle(isColored: Terminal.isColored(output.color, file: .standardError))
      writeToStandardError(report.findingText(style: style))
    }
    errors.attempt { () throws(OutputError) in try output.write(text) }
    if report.hasErrors { errors.noteErrorFindings() }
  }

  // MARK: Comparing

  private func compare(_ errors: inout ErrorReporter) {
    let images = files.compactMap { file in
      errors.attempt { () throws(ElfError) in try ElfFile.openSingle(FilePath(file)) }
    }
    guard images.count == 2 else { return }
    let comparison = errors.attempt { () throws(ElfError) in try ImageComparison(images[0], images[1]) }
    guard let comparison else { return }
    let report = ComparisonReport(first: files[0], second: files[1], comparison)
    let text = format == .json ? report.json.text : report.text(style: output.style)
    errors.attempt { () throws(OutputError) in try output.write(text) }
    if !report.isSame { errors.noteErrorFindings() }
  }
}
