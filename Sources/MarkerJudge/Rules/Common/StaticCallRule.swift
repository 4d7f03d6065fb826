/// kernel/static_call_inline.c:static_call_text_reserved: no byte of a call that a static call patches.
struct StaticCallRule: RefusalRule {
  let name = RuleName.staticCall
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.tables.staticCalls.contains(probe.address) ? "a static call patches this instruction" : nil
  }
}
