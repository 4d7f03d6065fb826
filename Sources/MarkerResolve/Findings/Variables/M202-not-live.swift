public import MarkerScan

extension FindingKind {
  /// A variable that has no value at the marker.
  public static let notLive = FindingKind(
    "M202", "not-live", .warning,
    summary: "a variable has no value at the marker, but elsewhere in the function",
    explanation: """
      The variable lives in a register or on the stack in some ranges of the code, and the marker is outside
      of them: it has not been set yet, or it is not needed any more and its register holds something else.
      Reading it there would give the value of another variable; therefore nothing is read.

      The notes name the nearest lines and addresses where it is live. Move the marker there, or capture what
      the value came from. A parameter that is not needed any more is live at the begin of the function.

      ## Example

          warning: 'n' has no value: it is not live at the marker [M202]
            note: the nearest code where it is live is 0x11a4-0x11b0 (lines 21-23)

      A marker on line 22 has the value.
      """)
}
