extension FindingKind {
  /// Something else in the section of markers.
  public static let notARecord = FindingKind(
    "M007", "not-a-record", .warning,
    summary: "the section of markers holds something that is no record",
    explanation: """
      A string in `.debug_markers` does not begin with `mk1` and a TAB. It is skipped. In `.llvmcmd`, which clang
      uses for other things too, such strings are ordinary and are not reported.

      ## Example

          static const char note[] __attribute__((section(".debug_markers"))) = "built by me";

      `readelf -p .debug_markers FILE` shows what else is in the section. Give it a section of its own.
      """)
}
