import InstructionDecoder

/// arch/x86/kernel/uprobes.c: which instructions take a user probe, and how they run under it.
struct X86UserRules {
  let isLong: Bool

  /// What the kernel does with an instruction.
  enum Answer: Hashable {
    case emulated
    /// Stepped in a copy; the remark tells of an operand rewritten for it.
    case stepped(remark: String?)
    case refused(RuleName, ProbeErrno, String)
  }

  /// The kernel's answer for the bytes at an address.
  func answer(_ bytes: UnsafeRawBufferPointer) -> Answer {
    if bytes.first == 0xcc {
      return .refused(.breakpoint, .noSuchSupport, "a breakpoint stands here already")
    }
    guard let encoding = X86Encoding(bytes, isLong: isLong) else { return undecodable(bytes) }
    let opcode = X86KernelOpcode(encoding)
    if !encoding.prefixes.isDisjoint(with: [.es, .cs, .ss, .ds, .lock]) {
      return .refused(.refusedPrefix, .noSuchSupport, "the instruction has a segment or lock prefix")
    }
    if UncopyableRule.reason(encoding) != nil || !isGood(opcode.first) {
      return .refused(.rejectedInstruction, .noSuchSupport, "the instruction is not stepped in user space")
    }
    return handling(encoding, opcode)
  }

  /// What the kernel's decoder takes for an instruction, without its operands being known, the table still refuses.
  private func undecodable(_ bytes: UnsafeRawBufferPointer) -> Answer {
    let isKnown = bytes.first.map(isGood) ?? true
    return .refused(
      .undecodable, isKnown ? .notExecutable : .noSuchSupport, "the bytes are no instruction of user space")
  }

  private func handling(_ encoding: X86Encoding, _ opcode: X86KernelOpcode) -> Answer {
    switch opcode.first {
    case 0x90: return .emulated
    case 0xeb, 0xe9, 0xe8, 0x70...0x7f: return branch(encoding)
    case 0x0f where opcode.byteCount == 2 && (0x80...0x8f).contains(opcode.second ?? 0):
      return branch(encoding)
    case 0x50...0x57 where encoding.byteCount == 1 || encoding.byteCount == 2 && encoding.rex == 0x41:
      return .emulated
    default:
      let register = encoding.reg == 6 ? "di" : "si"
      let remark =
        "the operand relative to the instruction is addressed through \(register) while it is stepped"
      return .stepped(remark: encoding.ripDisplacement == nil ? nil : remark)
    }
  }

  private func branch(_ encoding: X86Encoding) -> Answer {
    encoding.prefixes.contains(.operandSize)
      ? .refused(.refusedPrefix, .noSuchSupport, "the branch has an operand-size prefix") : .emulated
  }

  /// The one-byte table of the kernel, in which 0f is good: what follows 0f is therefore never tested.
  private func isGood(_ opcode: UInt8) -> Bool {
    switch opcode {
    case 0x6c...0x6f, 0xcc...0xcf, 0xe4...0xe7, 0xec...0xef, 0xf1, 0xf4, 0xfa, 0xfb: false
    case 0x07, 0x17, 0x1f: false
    case 0x06, 0x0e, 0x16, 0x1e, 0x27, 0x2f, 0x37, 0x3f, 0x60...0x62, 0x82, 0x9a, 0xd4...0xd6, 0xea: !isLong
    default: true
    }
  }
}
