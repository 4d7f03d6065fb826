public import MarkerScan

extension FindingKind {
  /// No source at hand.
  public static let noSource = FindingKind(
    "M109", "no-source", .warning,
    summary: "the marker's source file is not at hand, so its statement is guessed from the line table",
    explanation: """
      DWARF names lines, not statements. With the source the tool knows where the next statement begins, which
      block it is in and what else is executed as often. Without it the rows of the marker's line are all
      there is, and nothing confirms them.

      The path that DWARF names is shown. Say where the source is with `--source-prefix FROM=TO`: FROM is the
      begin of the path that DWARF has, TO where the same tree lies here. ## Example

      Debian's kernels want

          markers resolve vmlinux --markers LIST \\
              --source-prefix debian/build/build_amd64_none_cloud-amd64=/usr/src/linux-source-6.1
      """)
}
