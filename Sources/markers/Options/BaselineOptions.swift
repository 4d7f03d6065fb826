import ArgumentParser
import MarkerConfig
import MarkerWrite
import SystemPackage

/// The findings that are accepted for now.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Leave out the findings that FILE accepts. Default: what the configuration says.", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var baseline: String?

  @Flag(help: "Write the findings into the baseline file, and keep the reasons that stand there.")
  var updateBaseline = false

  /// The baseline file; nil when there is none.
  func path(_ configuration: Configuration?) -> FilePath? {
    baseline.map { FilePath($0) } ?? configuration?.baseline
  }

  /// The baseline; a file that is about to be written need not exist.
  ///
  /// - Throws: when the file cannot be used.
  func read(_ path: FilePath?) throws(ConfigurationError) -> Baseline? {
    guard let path else { return nil }
    if updateBaseline && !FileSystem.exists(path) { return Baseline([]) }
    return try BaselineFile.read(path)
  }

  /// Writes what a report holds.
  func update(_ path: FilePath, _ baseline: Baseline?, for report: LintReport) throws(OutputError) {
    try writeAtomically(BaselineFile.text((baseline ?? Baseline([])).updated(for: report)), to: path)
  }
}
