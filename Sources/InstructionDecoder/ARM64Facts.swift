import CCapstone

/// Reads Capstone's record of an A64 instruction.
enum ARM64Facts {
  static func read(_ insn: UnsafePointer<cs_insn>, _ names: RegisterNames) -> Facts {
    var facts = Facts(insn, names)
    guard insn.pointee.detail != nil, let detail = markers_arm64_detail(insn),
      let operands = markers_arm64_operands(insn)
    else { return facts }
    let count = Int(detail.pointee.op_count)
    for index in 0..<count { add(operands + index, detail, to: &facts, names) }
    if detail.pointee.update_flags { facts.writes.insert(.flags) }
    if isConditional(detail.pointee.cc) { facts.reads.insert(.flags) }
    let last = count > 0 ? operands + (count - 1) : nil
    facts.flow = flow(arm64_insn(insn.pointee.id), isConditional(detail.pointee.cc), last)
    facts.memory.formUnion(memory(insn))
    if facts.memory.contains(.write) {
      let operand = (0..<count).lazy.map { operands[$0] }.first { $0.type == ARM64_OP_MEM }
      facts.store = operand.map { store($0, names) }
    }
    return facts
  }

  /// Capstone gives no size: that of one register is taken.
  private static func store(_ operand: cs_arm64_op, _ names: RegisterNames) -> StoredOperand {
    StoredOperand(
      base: names[operand.mem.base.rawValue].firstGeneral,
      hasIndex: operand.mem.index != ARM64_REG_INVALID, displacement: Int64(operand.mem.disp),
      byteCount: 8)
  }

  private static func isConditional(_ code: arm64_cc) -> Bool {
    code != ARM64_CC_INVALID && code != ARM64_CC_AL && code != ARM64_CC_NV
  }

  private static func add(
    _ operand: UnsafePointer<cs_arm64_op>, _ detail: UnsafePointer<cs_arm64>, to facts: inout Facts,
    _ names: RegisterNames
  ) {
    switch operand.pointee.type {
    case ARM64_OP_REG:
      facts.addRegister(names[operand.pointee.reg.rawValue], access: operand.pointee.access)
    case ARM64_OP_MEM:
      let base = names[operand.pointee.mem.base.rawValue]
      facts.reads.formUnion(base)
      facts.reads.formUnion(names[operand.pointee.mem.index.rawValue])
      if detail.pointee.writeback { facts.writes.formUnion(base) }
    default: break
    }
  }

  /// Loads and stores by mnemonic: Capstone 4 gives no access for A64 memory operands.
  private static func memory(_ insn: UnsafePointer<cs_insn>) -> MemoryAccess {
    let mnemonic = withUnsafeBytes(of: insn.pointee.mnemonic) { name in
      String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
    if ["ldadd", "ldclr", "ldeor", "ldset", "ldsm", "ldum", "cas", "swp"].contains(where: mnemonic.hasPrefix)
    {
      return [.read, .write]
    }
    if mnemonic.hasPrefix("ld") { return .read }
    return mnemonic.hasPrefix("st") ? .write : []
  }

  private static func flow(
    _ id: arm64_insn, _ isConditional: Bool, _ last: UnsafePointer<cs_arm64_op>?
  ) -> Flow {
    var target: UInt64 = 0
    if let last, last.pointee.type == ARM64_OP_IMM { target = UInt64(bitPattern: last.pointee.imm) }
    switch id {
    case ARM64_INS_B: return isConditional ? .conditionalJump(target: target) : .jump(target: target)
    case ARM64_INS_CBZ, ARM64_INS_CBNZ, ARM64_INS_TBZ, ARM64_INS_TBNZ:
      return .conditionalJump(target: target)
    case ARM64_INS_BL: return .call(target: target)
    case ARM64_INS_BLR: return .indirectCall
    case ARM64_INS_BR: return .indirectJump(isConditional: false)
    case ARM64_INS_RET, ARM64_INS_ERET, ARM64_INS_DRPS: return .return(isConditional: false)
    case ARM64_INS_BRK: return .trap(.breakpoint)
    case ARM64_INS_HLT: return .trap(.halt)
    case ARM64_INS_SVC, ARM64_INS_HVC, ARM64_INS_SMC: return .trap(.systemCall)
    default: return .sequential
    }
  }
}
