/// kernel/kprobes.c:check_kprobe_address_safe: a module's initialisation code takes probes only while the
/// module loads.
struct ModuleInitTextRule: RefusalRule {
  let name = RuleName.moduleInitText
  let errno = ProbeErrno.noEntry

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.kind == .module && probe.kernel.initText.contains(probe.address)
      ? "initialisation code is freed once the module is loaded" : nil
  }
}
