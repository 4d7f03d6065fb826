import CCapstone

/// Reads Capstone's record of an A32 or T32 instruction.
enum ARMFacts {
  static func read(_ insn: UnsafePointer<cs_insn>, _ names: RegisterNames) -> Facts {
    var facts = Facts(insn, names)
    guard insn.pointee.detail != nil, let detail = markers_arm_detail(insn),
      let operands = markers_arm_operands(insn)
    else { return facts }
    let count = Int(detail.pointee.op_count)
    for index in 0..<count { add(operands + index, detail, to: &facts, names) }
    let isConditional = detail.pointee.cc != ARM_CC_INVALID && detail.pointee.cc != ARM_CC_AL
    if detail.pointee.update_flags { facts.writes.insert(.flags) }
    if isConditional { facts.reads.insert(.flags) }
    facts.memory.formUnion(memory(insn))
    facts.flow = flow(arm_insn(insn.pointee.id), isConditional, count > 0 ? operands + (count - 1) : nil)
    if facts.flow == .sequential, facts.writes.contains(.general(15)) {
      facts.flow = written(insn, isConditional, facts)
    }
    return facts
  }

  private static func add(
    _ operand: UnsafePointer<cs_arm_op>, _ detail: UnsafePointer<cs_arm>, to facts: inout Facts,
    _ names: RegisterNames
  ) {
    switch operand.pointee.type {
    case ARM_OP_REG:
      facts.addRegister(
        names[UInt32(truncatingIfNeeded: operand.pointee.reg)], access: operand.pointee.access)
    case ARM_OP_MEM:
      let base = names[operand.pointee.mem.base.rawValue]
      facts.reads.formUnion(base)
      facts.reads.formUnion(names[operand.pointee.mem.index.rawValue])
      if detail.pointee.writeback { facts.writes.formUnion(base) }
    default: break
    }
  }

  private static func memory(_ insn: UnsafePointer<cs_insn>) -> MemoryAccess {
    let mnemonic = withUnsafeBytes(of: insn.pointee.mnemonic) { name in
      String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
    if mnemonic.hasPrefix("swp") { return [.read, .write] }
    if ["ld", "pop", "vld", "vpop", "rfe"].contains(where: mnemonic.hasPrefix) { return .read }
    return ["st", "push", "vst", "vpush", "srs"].contains(where: mnemonic.hasPrefix) ? .write : []
  }

  /// An instruction other than a branch that writes the program counter: a return when it comes from the
  /// stack or the link register, an indirect jump otherwise.
  private static func written(_ insn: UnsafePointer<cs_insn>, _ isConditional: Bool, _ facts: Facts) -> Flow {
    let fromStack = facts.memory.contains(.read) && facts.reads.contains(.general(13))
    let fromFrame = facts.memory.contains(.read) && insn.pointee.id == ARM_INS_LDM.rawValue
    let fromLink = facts.memory.isEmpty && facts.reads.contains(.general(14))
    return fromStack || fromFrame || fromLink
      ? .return(isConditional: isConditional) : .indirectJump(isConditional: isConditional)
  }

  private static func flow(
    _ id: arm_insn, _ isConditional: Bool, _ last: UnsafePointer<cs_arm_op>?
  ) -> Flow {
    var target: UInt64?
    if let last, last.pointee.type == ARM_OP_IMM {
      target = UInt64(UInt32(bitPattern: last.pointee.imm))
    }
    let isLink = last.map { $0.pointee.type == ARM_OP_REG && $0.pointee.reg == ARM_REG_LR.rawValue } ?? false
    switch id {
    case ARM_INS_B:
      let place = target ?? 0
      return isConditional ? .conditionalJump(target: place) : .jump(target: place)
    case ARM_INS_CBZ, ARM_INS_CBNZ: return .conditionalJump(target: target ?? 0)
    case ARM_INS_BL, ARM_INS_BLX: return target.map { .call(target: $0) } ?? .indirectCall
    case ARM_INS_BX where isLink: return .return(isConditional: isConditional)
    case ARM_INS_BX, ARM_INS_BXJ, ARM_INS_TBB, ARM_INS_TBH: return .indirectJump(isConditional: isConditional)
    case ARM_INS_RFEDA, ARM_INS_RFEDB, ARM_INS_RFEIA, ARM_INS_RFEIB:
      return .return(isConditional: isConditional)
    case ARM_INS_UDF, ARM_INS_TRAP: return .trap(.undefined)
    case ARM_INS_BKPT: return .trap(.breakpoint)
    case ARM_INS_SVC: return .trap(.systemCall)
    default: return .sequential
    }
  }
}
