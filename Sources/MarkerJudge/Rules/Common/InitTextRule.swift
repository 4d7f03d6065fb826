/// kernel/kprobes.c:kprobe_free_init_mem and ftrace_free_init_mem: a kernel's initialisation code is gone once
/// it has booted.
struct InitTextRule: RefusalRule {
  let name = RuleName.initText
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.kind == .vmlinux && probe.kernel.initText.contains(probe.address)
      ? "initialisation code is freed after boot" : nil
  }
}
