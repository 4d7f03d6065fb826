import ArgumentParser
import MarkerConfig
import MarkerScan
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Which configuration file counts.
struct ConfigOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read FILE (TOML, or YAML by its name). Default: .markers.toml or .markers.yaml here or in the nearest directory above.",
      valueName: "file"),
    completion: .file(extensions: ["toml", "yaml", "yml"]))
  var config: String?

  @Flag(help: "Read no configuration file.")
  var noConfig = false

  func validate() throws {
    if noConfig && config != nil { throw ValidationError("--config and --no-config contradict each other") }
  }

  /// The configuration; nil when there is none.
  ///
  /// - Throws: when it cannot be used.
  func read() throws(ConfigurationError) -> Configuration? {
    if noConfig { return nil }
    guard let path = config.map({ FilePath($0) }) ?? found() else { return nil }
    return try Configuration(reading: path, kind: FindingRegistry.kind)
  }

  /// The nearest file, by a path relative to the working directory where that is possible.
  private func found() -> FilePath? {
    guard let text = realpath(".", nil) else { return nil }
    defer { free(text) }
    let directory = FilePath(String(cString: text))
    guard var path = ConfigurationSearch.find(from: directory) else { return nil }
    let name = path.lastComponent
    let up = directory.components.count - (path.components.count - 1)
    guard let name, up <= 3 else { return path }
    path = FilePath(String(repeating: "../", count: up))
    return path.appending(name)
  }
}
