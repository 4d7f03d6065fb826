import ArgumentParser
import MarkerWrite
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What is written beside the markers that could be shown to be right.
struct DefinitionFlags: ParsableArguments {
  @Flag(help: "Also write markers and arguments with a named doubt, the doubt as a comment.")
  var approximate = false

  @Flag(help: "Keep the definitions that the kernel refuses, as comments.")
  var keepRefused = false

  @Option(
    help: ArgumentHelp(
      "Where the program lies on the machine that is probed. Default: where it lies here.", valueName: "path")
  )
  var targetPath: String?

  /// Where a program lies for its definitions: tracefs takes a path from the writer's directory, so that it is
  /// absolute.
  func placement(of file: FilePath) -> String {
    if let targetPath { return targetPath }
    guard let real = realpath(file.string, nil) else { return file.string }
    defer { free(real) }
    return String(cString: real)
  }
}
