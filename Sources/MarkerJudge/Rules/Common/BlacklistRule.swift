/// kernel/kprobes.c:within_kprobe_blacklist: functions marked NOKPROBE_SYMBOL, and areas such as
/// `.kprobes.text`, `.noinstr.text` and entry code; a symbol with a suffix also by the symbol before the dot.
struct BlacklistRule: RefusalRule {
  let name = RuleName.blacklist
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    let kernel = probe.kernel
    let symbol = kernel.symbols.name(of: probe.symbol)
    if kernel.blacklist.contains(probe.address) { return "'\(symbol)' is blacklisted" }
    guard let base = kernel.symbols.baseAddress(of: probe.symbol), kernel.blacklist.contains(base) else {
      return nil
    }
    return "the function that '\(symbol)' belongs to is blacklisted"
  }
}
