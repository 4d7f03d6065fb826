public import MarkerScan

extension FindingKind {
  /// A fetch argument with too many steps.
  public static let argumentTooDeep = FindingKind(
    "M408", "argument-too-deep", .warning,
    summary: "an argument needs more steps than the kernel makes and was left out",
    explanation: """
      The kernel compiles an argument into at most 15 steps (`FETCH_INSN_MAX`, kernel/trace/trace_probe.h): one for a
      register, two for an address, three for a symbol, one for each dereference, and one each for a bit field, an
      array, and the store of a value that does not come from memory. The argument is left out; the others are
      written. Linux 6.1 was asked: 14 dereferences of a register pass, 12 of a symbol.

      A path that begins in a register gets longer than an argument may be (M407) before it gets too deep; one that
      begins at a global variable of a short name gets too deep first.

      ## Example

          MARKER(deep, head->next->next->next->next->next->next->next->next->next->next->next->next->weight)

      where `head` is a global variable. Capture a pointer on the way:

          MARKER(deep, head->next->next->next->next->next->next->next->next)
      """)
}

extension Finding {

  static func argumentTooDeep(_ expression: String, stepCount: Int) -> Finding {
    Finding(
      .argumentTooDeep,
      "'\(expression)' needs \(stepCount) steps, and the kernel makes \(TracefsLimits.fetchStepCount)",
      help: "capture a pointer on the way in its place")
  }
}
