/// kernel/jump_label.c:addr_conflict: no byte of a place that a static key patches.
struct JumpLabelRule: RefusalRule {
  let name = RuleName.jumpLabel
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.tables.jumpLabels.contains(probe.address) ? "a static key patches this instruction" : nil
  }
}
