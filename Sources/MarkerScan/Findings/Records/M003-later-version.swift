extension FindingKind {
  /// A record of a version that this reader does not know.
  public static let laterVersion = FindingKind(
    "M003", "later-version", .error,
    summary: "a record was written in a later version of the format",
    explanation: """
      A record begins with `mk` and the number of its version. This tool reads version 1. A record of another
      version is skipped, because its fields may mean something else; records of version 1 beside it are read.

      ## Example

      A module built with a header that writes `mk2⇥…`, read by this tool. Use a `markers` as new as the
      `marker.h` that the object was built with.
      """)
}
