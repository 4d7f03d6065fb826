extension FindingKind {
  /// A line of a marker list that is no marker.
  public static let listSyntax = FindingKind(
    "M009", "list-syntax", .error,
    summary: "a line of a marker list cannot be read",
    explanation: """
      A line of the file given with `--markers` is not of the form

          provider:name  path/to/file.c:LINE  expression, label=expression:format

      The message names the part, the location its line and byte column. The line is skipped; all others are
      read.

      - `provider` and `name` are C identifiers of at most 63 bytes, joined by one `:`.
      - The path has no white space. `LINE` is a decimal number from 1. Paths are compared by whole components
        from the end, so `fs/read_write.c:450` is enough.
      - What follows the path are captures, separated by commas. A marker may have none, and at most 128.
      - `#` begins a comment, at the start of a line or behind white space.

      ## Example

          sched:wakeup kernel/sched/core.c  p->pid

      lacks the line. It should be

          sched:wakeup  kernel/sched/core.c:4120  p->pid
      """)
}
