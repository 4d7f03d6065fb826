import ArgumentParser
import MarkerResolve
import SystemPackage

/// Which markers, beside those that the image records itself, and how their source paths compare.
struct MarkerOptions: ParsableArguments {
  @Option(
    name: .customLong("markers"),
    help: ArgumentHelp(
      "Read further markers from LIST, one a line: provider:name path/file.c:LINE expr, expr:type. Repeatable.",
      valueName: "list"),
    completion: .file())
  var lists: [String] = []

  @Option(
    name: .customLong("source-prefix"),
    help: ArgumentHelp(
      "Treat source paths that begin with FROM as if they began with TO. Repeatable; applied in order.",
      valueName: "from=to"),
    transform: sourcePrefix)
  var sourcePrefixes: [SourcePrefix] = []

  @Option(
    name: .customLong("debug-dir"),
    help: ArgumentHelp(
      "Look for separate debugging information below DIR, too, as below /usr/lib/debug. Repeatable.",
      valueName: "dir"),
    completion: .directory)
  var debugDirectories: [String] = []

  /// The lists as paths, in the order given; `-` is standard input.
  var listPaths: [FilePath] { lists.map { FilePath($0) } }
}

/// Reads `FROM=TO`: the last `=` separates, because build paths may contain one.
///
/// - Throws: a usage error when there is no `=` or FROM is empty.
private func sourcePrefix(_ text: String) throws -> SourcePrefix {
  guard let separator = text.lastIndex(of: "="), separator != text.startIndex else {
    throw ValidationError("'\(text)' is not of the form FROM=TO")
  }
  return SourcePrefix(from: String(text[..<separator]), to: String(text[text.index(after: separator)...]))
}
