extension FindingKind {
  /// A use of the macro that makes no record.
  public static let sourceMarkerUnreadable = FindingKind(
    "M013", "source-marker-unreadable", .warning,
    summary: "a use of a marker macro in a source cannot be read",
    explanation: """
      In the source a macro of the markers is used in a way that would make no record: its parentheses are not
      closed, its name is no C identifier, or it has too many values. The compiler would refuse it as well, unless
      macros complete it.

      ## Example

          MARKER("wakeup", p->pid);

      The name is written without quotes: `MARKER(wakeup, p->pid);`
      """)
}
