extension FindingKind {
  /// Something else in the section of markers.
  public static let notARecord = FindingKind(
    "M007", "not-a-record", .warning,
    summary: "the section of markers holds something that is no record",
    explanation: """
      A string in `.debug_markers` does not begin with `mk1` and a TAB. It is skipped. In `.llvmcmd`, which clang
      uses for other things too, such strings are ordinary and are not reported.

      ## What to do

      Find out what else writes into the section: `readelf -p .debug_markers FILE` shows it.
      """)
}
