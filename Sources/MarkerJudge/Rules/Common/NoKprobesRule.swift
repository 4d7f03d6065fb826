/// A kernel without CONFIG_KPROBES has no `kprobe_events` to write to.
struct NoKprobesRule: RefusalRule {
  let name = RuleName.noKprobes
  let errno = ProbeErrno.noEntry

  func objection(to probe: ProbePoint) -> String? { "the kernel is built without CONFIG_KPROBES" }
}
