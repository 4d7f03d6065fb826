import ArgumentParser
import MarkerWrite
import SystemPackage

/// Where the answer goes and how it looks.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write to FILE in place of standard output; a failed run leaves FILE as it was.", valueName: "file"))
  var output: String?

  @Option(help: "Colour the text: auto, always or never.")
  var color: ColorMode = .auto

  /// Writes the whole answer, to `--output` or to standard output, which may be a closed pipe.
  ///
  /// - Throws: `OutputError` when it cannot be written.
  func write(_ text: String) throws(OutputError) {
    if let output, output != "-" {
      try writeAtomically(text, to: FilePath(output))
    } else {
      try writeToStandardOutput(text)
    }
  }

  /// The colours for text that goes where `write` sends it.
  var style: TextStyle {
    TextStyle(
      isColored: Terminal.isColored(color, file: output == nil || output == "-" ? .standardOutput : nil))
  }
}
