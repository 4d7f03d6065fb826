/// kernel/kprobes.c:is_cfi_preamble_symbol: the bytes before a function that carry its type or padding have
/// symbols of their own, `__cfi_` and `__pfx_`.
struct CfiPreambleRule: RefusalRule {
  let name = RuleName.cfiPreamble
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    let symbol = probe.kernel.symbols.name(of: probe.symbol)
    return symbol.hasPrefix("__cfi_") || symbol.hasPrefix("__pfx_")
      ? "'\(symbol)' is the preamble of a function" : nil
  }
}
