/// kernel/trace/trace_kprobe.c:within_notrace_func, tested before all else unless
/// CONFIG_KPROBE_EVENTS_ON_NOTRACE: a symbol without an ftrace location takes no probe event. A symbol with a
/// suffix (`foo.cold`, `foo.isra.0`) without a location is judged by the symbol before the first dot.
struct NotraceRule: RefusalRule {
  let name = RuleName.notrace
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    let kernel = probe.kernel
    if kernel.tables.ftraceLocations.first(in: probe.symbol.range) != nil { return nil }
    let symbol = kernel.symbols.name(of: probe.symbol)
    if let base = kernel.symbols.baseAddress(of: probe.symbol), let found = kernel.symbol(at: base),
      kernel.tables.ftraceLocations.first(in: found.range) != nil
    {
      return nil
    }
    return "'\(symbol)' has no ftrace location"
  }
}
