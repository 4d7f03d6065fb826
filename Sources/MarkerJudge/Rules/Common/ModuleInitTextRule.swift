/// kernel/kprobes.c:check_kprobe_address_safe: a module's initialisation code takes probes only while the
/// module loads. Its symbols go with it, which kernel/trace/trace_kprobe.c:validate_probe_symbol tells first
/// where there is one (6.7).
struct ModuleInitTextRule: RefusalRule {
  let name = RuleName.moduleInitText
  let errno: ProbeErrno

  init(_ features: KernelFeatures) { errno = features.validatesSymbols ? .invalid : .noEntry }

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.kind == .module && probe.kernel.initText.contains(probe.address)
      ? "initialisation code is freed once the module is loaded; a definition made before is armed while it runs"
      : nil
  }
}
