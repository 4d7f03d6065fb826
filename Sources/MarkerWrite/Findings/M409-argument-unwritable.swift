public import MarkerScan

extension FindingKind {
  /// An argument with no form in a definition.
  public static let argumentUnwritable = FindingKind(
    "M409", "argument-unwritable", .warning,
    summary: "an argument has no form that tracefs takes and was left out",
    explanation: """
      The value's place is known, but a definition cannot say it: its symbol has characters that mean something else
      in a definition, such as `-`, or none that C has. The argument is left out; the others are written.

      ## Example

          int total asm("\\"shop-total\\"");
          …
          MARKER(taken, total)

      tracefs would look for a symbol `shop` and take `-total` for a distance. Give the variable a symbol that is a C
      identifier:

          int total asm("shop_total");
      """)
}

extension Finding {

  static func argumentUnwritable(_ expression: String, because reason: String) -> Finding {
    Finding(.argumentUnwritable, "'\(expression)' cannot be written: \(reason)")
  }
}
