/// kernel/kprobes.c:check_kprobe_address_safe: the address must lie in the kernel's or a module's text.
struct NotTextRule: RefusalRule {
  let name = RuleName.notText
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    let kernel = probe.kernel
    return kernel.text.contains(probe.address) || kernel.initText.contains(probe.address)
      ? nil : "the address lies outside the kernel's text"
  }
}
