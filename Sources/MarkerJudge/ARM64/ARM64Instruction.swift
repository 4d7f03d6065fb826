/// How arm64 kernels run the instruction under a probe (arch/arm64/kernel/probes/decode-insn.c).
enum ARM64Handling: Sendable, Hashable {
  /// A copy of it is stepped.
  case stepped
  /// The kernel does its work.
  case simulated
  case rejected(String)
}

/// An A64 instruction, as far as the rules about probes tell instructions apart (Arm ARM, C4.1).
struct ARM64Instruction: Sendable, Hashable {
  let word: UInt32

  /// How the kernel handles it under a kernel probe (literal loads are simulated), or a user probe (rejected).
  func handling(isUser: Bool, refusesMemoryCopy: Bool) -> ARM64Handling {
    if !isUser, matches(0xbf00_0000, 0x1800_0000) || matches(0xff00_0000, 0x9800_0000) { return .simulated }
    if let reason = reasonNotToStep(refusesMemoryCopy: refusesMemoryCopy) {
      return isSimulated ? .simulated : .rejected(reason)
    }
    return .stepped
  }

  /// Whether it opens an exclusive sequence.
  var isLoadExclusive: Bool { matches(0x3f40_0000, 0x0840_0000) }
  /// Whether it closes one.
  var isStoreExclusive: Bool { matches(0x3f40_0000, 0x0800_0000) }

  private func matches(_ mask: UInt32, _ value: UInt32) -> Bool { word & mask == value }

  /// Branches, exception generation and system instructions.
  private var isBranchOrSystem: Bool { (word >> 26) & 7 == 5 }

  private func reasonNotToStep(refusesMemoryCopy: Bool) -> String? {
    if isBranchOrSystem { return reasonNotToStepSystem }
    if usesLiteral { return "the instruction addresses memory relative to itself" }
    if matches(0x3f80_0000, 0x0800_0000) { return "the instruction is an exclusive load or store" }
    if refusesMemoryCopy, isMemoryCopy { return "a memory copy or set takes three instructions in a row" }
    return nil
  }

  private var reasonNotToStepSystem: String? {
    if isBranch { return "the branch is not simulated" }
    if matches(0xfff8_f01f, 0xd500_401f) || matches(0xfff0_0000, 0xd510_0000) { return "msr is not stepped" }
    if matches(0xff00_0000, 0xd400_0000) { return "the instruction raises an exception" }
    if word == 0xd69f_03e0 || matches(0xffff_fbff, 0xd69f_0bff) {
      return "the instruction returns from an exception"
    }
    if matches(0xfff0_0000, 0xd530_0000) {
      return word & 0x1f_ffe0 == Self.daif ? "mrs of daif is not stepped" : nil
    }
    return matches(0xffff_f01f, 0xd503_201f) && !isSteppableHint ? "the hint is not stepped" : nil
  }

  /// The system register daif in the position of an instruction's operand; the kernel compares bits 5…20.
  private static let daif: UInt32 = 0x1b_4220

  /// b, bl, b.cond, cbz, cbnz, tbz, tbnz, br, blr, ret and the authenticated forms of these.
  private var isBranch: Bool {
    isImmediateBranch || isRegisterBranch || matches(0xfeff_f800, 0xd61f_0800)
      || matches(0xfeff_f800, 0xd63f_0800) || matches(0xffff_fbff, 0xd65f_0bff)
  }

  private var isImmediateBranch: Bool {
    matches(0xfc00_0000, 0x1400_0000) || matches(0xfc00_0000, 0x9400_0000)
      || matches(0x7e00_0000, 0x3400_0000)
      || matches(0x7e00_0000, 0x3600_0000) || matches(0xff00_0010, 0x5400_0000)
  }

  private var isRegisterBranch: Bool {
    matches(0xffff_fc1f, 0xd61f_0000) || matches(0xffff_fc1f, 0xd63f_0000)
      || matches(0xffff_fc1f, 0xd65f_0000)
  }

  /// adr, adrp, and loads and prefetches of literals.
  private var usesLiteral: Bool {
    isAddressOfLabel || matches(0xbf00_0000, 0x1800_0000) || matches(0xff00_0000, 0x9800_0000)
      || matches(0xff00_0000, 0xd800_0000)
  }

  private var isAddressOfLabel: Bool { matches(0x1f00_0000, 0x1000_0000) }

  private var isSimulated: Bool { isImmediateBranch || isRegisterBranch || isAddressOfLabel }

  /// nop, bti, and the pointer authentication hints that sign or strip.
  private var isSteppableHint: Bool {
    switch (word >> 5) & 0x7f {
    case 0x00, 0x07, 0x08, 0x0a, 0x18, 0x19, 0x1a, 0x1b, 0x20, 0x22, 0x24, 0x26: true
    default: false
    }
  }

  /// FEAT_MOPS: cpy, cpyf, set and setg with their prologue, main and epilogue forms.
  private var isMemoryCopy: Bool { matches(0x3b20_0c00, 0x1900_0400) }
}
