/// An A32 instruction, as far as the rules about probes tell instructions apart.
struct ARMInstruction: Sendable, Hashable {
  let word: UInt32

  /// What the kernel does with the instruction under a probe.
  var handling: ARMPattern.Handling { pattern?.handling ?? .rejected }

  /// Whether the instruction has a condition other than always; a probe is hit only when it holds
  /// (arch/arm/probes/kprobes/core.c:kprobe_handler, arch/arm/probes/uprobes/core.c:arch_uprobe_ignore).
  var isConditional: Bool { word < 0xe000_0000 }

  /// How many bytes below the stack pointer the instruction stores to; nil when that cannot be told.
  var stackByteCount: Int? {
    guard let pattern, pattern.mayStore else { return 0 }
    if storesWithRegisterOffsetFromStack { return nil }
    // stmda and stmdb of sp: the registers, one less when the first goes to sp itself.
    if matches(0x0edf_0000, 0x080d_0000) {
      return ((word & 0xffff).nonzeroBitCount - (word & 0x0100_0000 == 0 ? 1 : 0)) * 4
    }
    if matches(0x0f9f_0000, 0x050d_0000) { return Int(word & 0xfff) }
    if matches(0x0fdf_00b0, 0x014d_00b0) { return Int((word & 0xf00) >> 4 + word & 0xf) }
    return 0
  }

  /// Whether a user probe is refused on the instruction all the same: ldm and stm that address through pc, or
  /// that use both pc and lr (arch/arm/probes/uprobes/actions-arm.c:uprobe_decode_ldmstm).
  var isRefusedForUsers: Bool {
    guard matches(0x0e40_0000, 0x0800_0000) else { return false }
    let address = (word >> 16) & 0xf
    let used = word & 0xffff | 1 << address
    return address == 15 || used & 0xc000 == 0xc000
  }

  /// The pattern that decides; nil when the instruction is in no list or names a register that it must not.
  private var pattern: ARMPattern? {
    // The kernel looks at the instruction as if it were unconditional.
    let always = word < 0xe000_0000 ? (word | 0xe000_0000) & ~0x1000_0000 : word
    guard let group = ARMTable.groups.first(where: { always & $0.mask == $0.value }),
      let found = group.patterns.first(where: { $0.matches(always) })
    else { return nil }
    return found.allowsRegisters(of: always) ? found : nil
  }

  /// str, strb, strd or strh with a register offset, sp being the address or the offset.
  private var storesWithRegisterOffsetFromStack: Bool {
    matches(0x0e10_000f, 0x0600_000d) || matches(0x0e1f_0000, 0x060d_0000)
      || matches(0x0e50_00bf, 0x0000_00bd)
      || matches(0x0e5f_00b0, 0x000d_00b0)
  }

  private func matches(_ mask: UInt32, _ value: UInt32) -> Bool { word & mask == value }
}
