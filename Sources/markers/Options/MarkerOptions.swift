import ArgumentParser
import SystemPackage

/// Which markers, beside those that the image records itself, and how their source paths compare.
struct MarkerOptions: ParsableArguments {
  @Option(
    name: .customLong("markers"),
    help: ArgumentHelp(
      "Read further markers from LIST, one a line: provider:name path/file.c:LINE expr, expr:type. Repeatable.",
      valueName: "list"))
  var lists: [String] = []

  @Option(
    name: .customLong("source-prefix"),
    help: ArgumentHelp(
      "Treat source paths that begin with FROM as if they began with TO. Repeatable; the first that fits counts.",
      valueName: "from=to"))
  var sourcePrefixes: [SourcePrefix] = []

  /// The lists as paths, in the order given; `-` is standard input.
  var listPaths: [FilePath] { lists.map { FilePath($0) } }
}

/// `--source-prefix FROM=TO`: one rewriting of the beginning of source paths.
struct SourcePrefix: ExpressibleByArgument, Hashable, Sendable {
  let from: String
  let to: String

  /// The last `=` separates, because build paths may contain one; nil when there is none or FROM is empty.
  init?(argument: String) {
    guard let separator = argument.lastIndex(of: "="), separator != argument.startIndex else { return nil }
    from = String(argument[..<separator])
    to = String(argument[argument.index(after: separator)...])
  }
}
