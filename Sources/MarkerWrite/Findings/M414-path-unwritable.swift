public import MarkerScan

extension FindingKind {
  /// A program's path that cannot stand in a definition.
  public static let pathUnwritable = FindingKind(
    "M414", "path-unwritable", .error,
    summary: "the program's path cannot stand in a definition",
    explanation: """
      The parts of a definition are separated by white space, `#` begins a comment, and there is no way to quote.
      A path with white space, `#`, `;` or a control character cannot be written, and tracefs takes a path for one
      only when it has a `/`.

      ## Example

          markers emit '/opt/my app/server'

      Link or copy the program to a plain path, or name the path that it has on the machine that is probed:

          markers emit '/opt/my app/server' --target-path /opt/my-app/server
      """)
}

extension Finding {

  static func pathUnwritable(_ path: String) -> Finding {
    Finding(
      .pathUnwritable, "the path '\(path)' cannot stand in a definition",
      help: "give a path without white space, '#' and ';' with --target-path")
  }
}
