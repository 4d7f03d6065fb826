public import MarkerScan

extension FindingKind {
  /// A name that means nothing at the marker.
  public static let unknownVariable = FindingKind(
    "M205", "unknown-variable", .error,
    summary: "no variable of the name is in scope at the marker",
    explanation: """
      At the marker's place neither a local variable, a parameter, a variable of the file nor an enumerator
      has this name. A variable of an inner block that has ended, or that is declared further down, is not in
      scope. Macros are no variables: DWARF does not know their values.

      The message names what looks like it.

      ## Example

          io:read  fs/read_write.c:580  cont

          error: 'cont' has no value: no variable 'cont' is in scope at the marker [M205]
            help: did you mean 'count'?
      """)
}
