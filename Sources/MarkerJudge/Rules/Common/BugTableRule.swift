/// lib/bug.c:find_bug: not the trapping instruction of BUG() or WARN().
struct BugTableRule: RefusalRule {
  let name = RuleName.bugTable
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.tables.bugs.contains(probe.address) ? "BUG() or WARN() traps here" : nil
  }
}
