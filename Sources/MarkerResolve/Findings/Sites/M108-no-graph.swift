public import MarkerScan

extension FindingKind {
  /// Code that cannot be decoded.
  public static let noGraph = FindingKind(
    "M108", "no-graph", .warning,
    summary: "the function's machine code cannot be decoded, so nothing about the marker could be shown",
    explanation: """
      The instructions around the marker cannot be read: the machine is one that the tool has no decoder for,
      the file holds no code (a `.debug` file without its program), or the bytes are no instructions. The line
      table alone then speaks for the address.

      Give the file that holds the code; the debug file is found through its build id.

      ## Example

          markers resolve /usr/lib/debug/usr/bin/program.debug

      names a file that holds the debugging information alone. `markers resolve /usr/bin/program` finds both.
      """)
}
