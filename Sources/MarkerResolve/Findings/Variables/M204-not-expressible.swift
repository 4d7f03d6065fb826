public import MarkerScan

extension FindingKind {
  /// A value that tracefs cannot compute.
  public static let notExpressible = FindingKind(
    "M204", "not-expressible", .warning,
    summary: "there is a value, but no fetch argument can compute it",
    explanation: """
      Fetch arguments read registers, memory and constants; they follow pointers and take bits. They do not
      add registers, multiply, compare, or use vector and floating-point registers. The message says what it
      would take.

      Capture the parts and compute in the reader: a pointer and an index instead of the element, both ends
      instead of a length. `\\imm` and `+offset(…)` are as far as tracefs goes
      (Documentation/trace/kprobetrace.rst).

      ## Example

          MARKER(element, table[3], sum);

      where `sum` is `DW_OP_breg0, DW_OP_breg1, DW_OP_plus`: two registers added.
      """)
}
