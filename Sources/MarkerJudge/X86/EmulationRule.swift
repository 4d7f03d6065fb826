import InstructionDecoder

/// arch/x86/kernel/kprobes/core.c:prepare_emulation: what must be emulated but is not: far calls and jumps,
/// iret, calls of virtual-machine instructions, indirect calls and jumps through memory.
struct EmulationRule: RefusalRule {
  let name = RuleName.notEmulated
  let errno = ProbeErrno.notSupported

  func objection(to probe: ProbePoint) -> String? {
    guard let encoding = probe.code.encoding(at: probe.address) else { return nil }
    switch X86Emulation(encoding) {
    case .refused(let reason): return reason
    case .emulated, .stepped: return nil
    }
  }
}

/// How the kernel runs an instruction that it replaced by a breakpoint, unless it is boosted.
enum X86Emulation: Hashable {
  case emulated
  case stepped
  case refused(String)

  init(_ encoding: X86Encoding) {
    let opcode = X86KernelOpcode(encoding)
    switch opcode.first {
    case 0x9a, 0xea: self = .refused("a far call or jump is not emulated")
    case 0xcc: self = .refused("a breakpoint is not emulated")
    case 0xcf: self = .refused("iret is not emulated")
    case 0xfa, 0xfb, 0x9c, 0x9d, 0xc2, 0xc3, 0xca, 0xcb, 0x70...0x7f, 0xe0...0xe3, 0xe8, 0xe9, 0xeb:
      self = .emulated
    case 0x0f: self = Self.twoByte(opcode)
    case 0xff: self = Self.group5(encoding, opcode)
    default: self = .stepped
    }
  }

  private static func twoByte(_ opcode: X86KernelOpcode) -> X86Emulation {
    guard let second = opcode.second else { return .stepped }
    if second & 0xf0 == 0x80 { return .emulated }
    let isVirtual = second == 0x01 && opcode.reg == 0 && opcode.encoding.isRegisterForm == true
    return isVirtual ? .refused("a virtual-machine instruction is not emulated") : .stepped
  }

  private static func group5(_ encoding: X86Encoding, _ opcode: X86KernelOpcode) -> X86Emulation {
    switch opcode.reg {
    case 3, 5: return .refused("a far call or jump is not emulated")
    case 2, 4:
      if encoding.prefixes.contains(.addressSize) { return .refused("the address size is not the kernel's") }
      return encoding.isRegisterForm == true
        ? .emulated : .refused("a call or jump through memory is not emulated")
    default: return .stepped
    }
  }
}
