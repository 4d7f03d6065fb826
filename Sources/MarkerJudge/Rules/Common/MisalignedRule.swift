/// arch_prepare_kprobe of arm64 and arm: instructions stand at multiples of four bytes.
struct MisalignedRule: RefusalRule {
  let name = RuleName.misaligned
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.address & 3 != 0 ? "the address is no multiple of 4" : nil
  }
}
