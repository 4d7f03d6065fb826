/// arch/arm64/kernel/probes/kprobes.c:arch_prepare_kprobe: no instruction that may fault and has a fixup.
struct ARM64ExceptionTableRule: RefusalRule {
  let name = RuleName.exceptionTable
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    probe.kernel.tables.exceptions.contains(probe.address) ? "the instruction has an exception fixup" : nil
  }
}

/// arch/arm64/kernel/probes/decode-insn.c:arm_kprobe_decode_insn: instructions that can neither be stepped in
/// a copy nor simulated.
struct ARM64InstructionRule: RefusalRule {
  let name = RuleName.rejectedInstruction
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    guard let word = probe.code.word(at: probe.address) else { return "no instruction stands here" }
    let refusesCopy = probe.kernel.features.refusesMemoryCopy
    switch ARM64Instruction(word: word).handling(isUser: false, refusesMemoryCopy: refusesCopy) {
    case .rejected(let reason): return reason
    case .stepped, .simulated: return nil
    }
  }
}

/// arch/arm64/kernel/probes/decode-insn.c:is_probed_address_atomic: not between an exclusive load and its store,
/// looking back over 32 instructions or to the symbol's start.
struct ARM64ExclusiveSequenceRule: RefusalRule {
  let name = RuleName.exclusiveSequence
  let errno = ProbeErrno.invalid

  private static let reach: UInt64 = 32 * 4

  func objection(to probe: ProbePoint) -> String? {
    let end = probe.address &- min(probe.offset & ~3, Self.reach)
    var address = probe.address
    while address > end {
      address &-= 4
      guard let word = probe.code.word(at: address) else { return nil }
      let instruction = ARM64Instruction(word: word)
      if instruction.isStoreExclusive { return nil }
      if instruction.isLoadExclusive {
        return "an exclusive sequence opens at 0x\(String(address, radix: 16))"
      }
    }
    return nil
  }
}
