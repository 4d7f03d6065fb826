public import MarkerScan

extension FindingKind {
  /// An argument with no form in a definition.
  public static let argumentUnwritable = FindingKind(
    "M409", "argument-unwritable", .warning,
    summary: "an argument has no form that tracefs takes and was left out",
    explanation: """
      The value's place is known, but a definition cannot say it: an array or a string that is not in memory, an
      array of more than 64 elements, a kernel symbol in a program or the reverse. The argument is left out; the
      others are written.

      ## Example

      `flags` lives in a register here, and an array format is asked for:

          MARKER(open, flags:u8[4])

      Ask for the value as it is:

          MARKER(open, flags:x32)
      """)
}

extension Finding {

  static func argumentUnwritable(_ expression: String, because reason: String) -> Finding {
    Finding(.argumentUnwritable, "'\(expression)' cannot be written: \(reason)")
  }
}
