public import MarkerScan

extension FindingKind {
  /// A parameter whose value was overwritten.
  public static let entryValueOnly = FindingKind(
    "M203", "entry-value-only", .warning,
    summary: "only the value at function entry is known, and no register holds it any more",
    explanation: """
      DWARF says "the value that the parameter had when the function was entered" (`DW_OP_entry_value`). A
      debugger can compute it from the caller's frame; a probe cannot. The tool reads it where it can show, on
      all paths from the entry, that the register still holds it. Here it does not: the register was written
      or a call may have changed it.

      Put a marker at the function's begin for this parameter.

      ## Example

          int f(struct x *x)
          {
                  int error = g(x);

                  MARKER(done, x, error);  /* x was in %rdi, which g() may have changed */
      """)
}
