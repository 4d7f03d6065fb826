/// arch/x86/kernel/kprobes/core.c:can_probe since 6.9: INT and UD instructions take no probe, nor what is no
/// instruction.
struct TrapInstructionRule: RefusalRule {
  let name = RuleName.trapInstruction
  let errno = ProbeErrno.illegalSequence

  func objection(to probe: ProbePoint) -> String? {
    // The prefix looks like UD2, and counts with the instruction behind it.
    if probe.code.hasEmulatePrefix(at: probe.address) { return nil }
    guard let encoding = probe.code.encoding(at: probe.address) else { return "the bytes are no instruction" }
    let opcode = X86KernelOpcode(encoding)
    let isTrap =
      switch opcode.first {
      case 0xcc...0xce, 0xf1: true
      case 0x0f: [0x0b, 0xb9, 0xff].contains(opcode.second)
      default: false
      }
    return isTrap ? "the instruction is a trap" : nil
  }
}
