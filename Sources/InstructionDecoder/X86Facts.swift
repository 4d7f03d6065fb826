import CCapstone

/// Reads Capstone's record of an x86 instruction.
enum X86Facts {
  static func read(_ insn: UnsafePointer<cs_insn>, _ names: RegisterNames) -> Facts {
    var facts = Facts(insn, names)
    guard insn.pointee.detail != nil, let detail = markers_x86_detail(insn),
      let operands = markers_x86_operands(insn)
    else { return facts }
    let id = x86_insn(insn.pointee.id)
    for index in 0..<Int(detail.pointee.op_count) { add(operands + index, of: insn, to: &facts, names) }
    facts.memory.formUnion(implicitMemory(id))
    facts.flow = flow(id, detail.pointee.op_count > 0 ? operands : nil)
    facts.isRepPrefixed = isRepPrefixed(detail)
    facts.isVectorArithmetic = isVectorArithmetic(id)
    return facts
  }

  private static func add(
    _ operand: UnsafePointer<cs_x86_op>, of insn: UnsafePointer<cs_insn>, to facts: inout Facts,
    _ names: RegisterNames
  ) {
    // Capstone 4 says that TEST writes its operands.
    let access =
      onlyReads(x86_insn(insn.pointee.id)) ? UInt8(CS_AC_READ.rawValue) : operand.pointee.access
    switch operand.pointee.type {
    case X86_OP_REG:
      facts.addRegister(names[operand.pointee.reg.rawValue], access: access)
    case X86_OP_MEM:
      facts.reads.formUnion(names[operand.pointee.mem.base.rawValue])
      facts.reads.formUnion(names[operand.pointee.mem.index.rawValue])
      if !touchesNothing(x86_insn(insn.pointee.id)) {
        facts.addMemory(access: access)
        facts.isVectorAccess = facts.isVectorAccess || operand.pointee.size >= 16
        if UInt32(access) & CS_AC_WRITE.rawValue != 0 {
          facts.store = store(operand, insn, names)
        }
      }
    default: break
    }
  }

  private static func store(
    _ operand: UnsafePointer<cs_x86_op>, _ insn: UnsafePointer<cs_insn>, _ names: RegisterNames
  ) -> StoredOperand {
    let memory = operand.pointee.mem
    let isRelative = memory.base == X86_REG_RIP
    let end = insn.pointee.address &+ UInt64(insn.pointee.size)
    return StoredOperand(
      base: isRelative ? nil : names[memory.base.rawValue].firstGeneral,
      hasIndex: memory.index != X86_REG_INVALID,
      displacement: isRelative ? Int64(bitPattern: end) &+ memory.disp : memory.disp,
      byteCount: Int(operand.pointee.size))
  }

  /// Instructions that change flags only.
  private static func onlyReads(_ id: x86_insn) -> Bool {
    id == X86_INS_TEST || id == X86_INS_CMP || id == X86_INS_BT
  }

  /// Instructions whose memory operand is only an address.
  private static func touchesNothing(_ id: x86_insn) -> Bool { id == X86_INS_LEA || id == X86_INS_NOP }

  private static func isVectorArithmetic(_ id: x86_insn) -> Bool {
    switch id {
    case X86_INS_PADDB, X86_INS_PADDW, X86_INS_PADDD, X86_INS_PADDQ, X86_INS_PADDUSB, X86_INS_PADDUSW,
      X86_INS_PSUBB, X86_INS_PSUBW, X86_INS_PSUBD, X86_INS_PSUBQ, X86_INS_PSUBUSB, X86_INS_PSUBUSW,
      X86_INS_PMULLW, X86_INS_PMULLD, X86_INS_PMULUDQ, X86_INS_PMADDWD, X86_INS_PMAXUB, X86_INS_PMAXSW,
      X86_INS_PMINUB, X86_INS_PMINSW, X86_INS_PCMPEQB, X86_INS_PCMPEQW, X86_INS_PCMPEQD, X86_INS_PCMPGTB,
      X86_INS_PCMPGTW, X86_INS_PCMPGTD, X86_INS_ADDPS, X86_INS_ADDPD, X86_INS_SUBPS, X86_INS_SUBPD,
      X86_INS_MULPS, X86_INS_MULPD, X86_INS_VPADDB, X86_INS_VPADDW, X86_INS_VPADDD, X86_INS_VPADDQ,
      X86_INS_VPSUBB, X86_INS_VPSUBW, X86_INS_VPSUBD, X86_INS_VPSUBQ, X86_INS_VADDPS, X86_INS_VADDPD,
      X86_INS_VMULPS, X86_INS_VMULPD:
      true
    default: false
    }
  }

  private static func implicitMemory(_ id: x86_insn) -> MemoryAccess {
    switch id {
    case X86_INS_PUSH, X86_INS_PUSHF, X86_INS_PUSHFQ, X86_INS_PUSHFD, X86_INS_PUSHAW, X86_INS_PUSHAL,
      X86_INS_CALL, X86_INS_LCALL, X86_INS_ENTER:
      .write
    case X86_INS_POP, X86_INS_POPF, X86_INS_POPFQ, X86_INS_POPFD, X86_INS_POPAW, X86_INS_POPAL, X86_INS_RET,
      X86_INS_RETF, X86_INS_RETFQ, X86_INS_LEAVE, X86_INS_IRET, X86_INS_IRETD, X86_INS_IRETQ:
      .read
    default: []
    }
  }

  private static func flow(_ id: x86_insn, _ operand: UnsafePointer<cs_x86_op>?) -> Flow {
    var target: UInt64?
    if let operand, operand.pointee.type == X86_OP_IMM { target = UInt64(bitPattern: operand.pointee.imm) }
    switch id {
    case X86_INS_JMP: return target.map { .jump(target: $0) } ?? .indirectJump(isConditional: false)
    case X86_INS_LJMP: return .indirectJump(isConditional: false)
    case X86_INS_CALL: return target.map { .call(target: $0) } ?? .indirectCall
    case X86_INS_LCALL: return .indirectCall
    case X86_INS_JAE, X86_INS_JA, X86_INS_JBE, X86_INS_JB, X86_INS_JCXZ, X86_INS_JECXZ, X86_INS_JE,
      X86_INS_JGE, X86_INS_JG, X86_INS_JLE, X86_INS_JL, X86_INS_JNE, X86_INS_JNO, X86_INS_JNP, X86_INS_JNS,
      X86_INS_JO, X86_INS_JP, X86_INS_JRCXZ, X86_INS_JS, X86_INS_LOOP, X86_INS_LOOPE, X86_INS_LOOPNE,
      X86_INS_XBEGIN:
      return target.map { .conditionalJump(target: $0) } ?? .sequential
    case X86_INS_RET, X86_INS_RETF, X86_INS_RETFQ, X86_INS_IRET, X86_INS_IRETD, X86_INS_IRETQ,
      X86_INS_SYSRET, X86_INS_SYSEXIT:
      return .return(isConditional: false)
    case X86_INS_UD2, X86_INS_UD2B, X86_INS_UD0: return .trap(.undefined)
    case X86_INS_INT3, X86_INS_INT1: return .trap(.breakpoint)
    case X86_INS_HLT: return .trap(.halt)
    case X86_INS_INT, X86_INS_SYSCALL, X86_INS_SYSENTER: return .trap(.systemCall)
    default: return .sequential
    }
  }

  private static func isRepPrefixed(_ detail: UnsafePointer<cs_x86>) -> Bool {
    let prefix = detail.pointee.prefix.0
    guard prefix == 0xf2 || prefix == 0xf3 else { return false }
    switch detail.pointee.opcode.0 {
    case 0x6c...0x6f, 0xa4...0xa7, 0xaa...0xaf: return true
    default: return false
    }
  }
}
