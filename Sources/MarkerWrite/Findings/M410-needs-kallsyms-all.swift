public import MarkerScan

extension FindingKind {
  /// A global variable of a module.
  public static let needsKallsymsAll = FindingKind(
    "M410", "needs-kallsyms-all", .note,
    summary: "a global variable of a module is read by its symbol, which not every kernel knows",
    explanation: """
      Where a module's data lie is known when it is loaded, so that a definition names a global variable by its
      symbol. A kernel without `CONFIG_KALLSYMS_ALL` keeps the symbols of functions only and refuses such a
      definition with `ENOENT`, "Invalid probed address or symbol" (`traceprobe_update_arg`,
      kernel/trace/trace_probe.c). Distributions set the option; small configurations often do not.

      The variables of the kernel itself are named by their distance from its begin where the image shows that the
      option is off.

      ## Example

          static int total;
          …
          MARKER(taken, total);

      Where the option is off, capture what is in a local variable:

          int now = total;
          MARKER(taken, now);
      """)
}

extension Finding {

  static func needsKallsymsAll(_ expression: String, symbol: String) -> Finding {
    Finding(
      .needsKallsymsAll,
      "'\(expression)' is read by the symbol '\(symbol)', which only kernels with CONFIG_KALLSYMS_ALL know",
      help: "where the option is off, capture a local variable in its place")
  }
}
