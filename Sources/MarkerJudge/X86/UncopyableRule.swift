import InstructionDecoder

/// arch/x86/kernel/kprobes/core.c:__copy_instruction: what cannot be decoded, instructions with the
/// prefix by which a hypervisor is asked to emulate them, int3, and loads of %ss, which mask the exception that single-stepping needs.
struct UncopyableRule: RefusalRule {
  let name = RuleName.uncopyable
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    if probe.code.hasEmulatePrefix(at: probe.address) {
      return "the instruction asks a hypervisor to emulate it"
    }
    return Self.reason(probe.code.encoding(at: probe.address))
  }

  /// Why the kernel does not copy the instruction; nil when it does.
  static func reason(_ encoding: X86Encoding?) -> String? {
    guard let encoding else { return "the bytes are no instruction" }
    let opcode = X86KernelOpcode(encoding)
    switch opcode.first {
    case 0xcc: return "the instruction is a breakpoint"
    case 0x17: return "the instruction loads %ss"
    case 0x8e where opcode.reg == 2: return "the instruction loads %ss"
    default: return nil
    }
  }
}
