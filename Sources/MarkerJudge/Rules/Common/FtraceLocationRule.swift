/// kernel/kprobes.c:check_ftrace_location: without CONFIG_KPROBES_ON_FTRACE no probe may stand where ftrace
/// patches its call.
struct FtraceLocationRule: RefusalRule {
  let name = RuleName.ftraceLocation
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.tables.ftraceLocations.contains(probe.address) ? "ftrace patches its call here" : nil
  }
}
