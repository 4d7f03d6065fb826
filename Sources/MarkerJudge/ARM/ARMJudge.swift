/// How an accepted probe on 32-bit ARM works (arch/arm/probes/kprobes/opt-arm.c).
struct ARMJudge {
  let kernel: KernelImage

  /// How far a branch reaches, in bytes.
  private static let reach: UInt64 = 32 << 20
  /// What the kernel's code is placed above: modules and probe slots lie in the 16 MiB before its start, or
  /// with CONFIG_ARM_MODULE_PLTS anywhere above, out of reach.
  private static let moduleArea: UInt64 = 16 << 20

  /// The class of a probe; every instruction that takes a probe can be replaced by a branch, if it reaches.
  func mechanism(_ probe: ProbePoint) -> ProbeMechanism {
    let instruction = ARMInstruction(word: probe.code.word(at: probe.address) ?? 0)
    let trap: ProbeClass = instruction.handling == .simulated ? .simulated : .emulated
    let isExclusive = ExclusiveSequence.holdsARM(probe.address) { probe.code.word(at: $0) }
    var mechanism = ProbeMechanism(
      probeClass: trap, isConditional: instruction.isConditional,
      hazard: isExclusive ? ExclusiveSequence.hazard : nil)
    guard kernel.features.optprobes else { return mechanism }
    mechanism.probeClass = .optimised
    mechanism.trapClass = trap
    mechanism.replacedByteCount = 4
    if !isInReach(probe.address) {
      mechanism.otherwise = Otherwise(
        probeClass: trap, condition: "how far the probe's detour lies away")
    }
    return mechanism
  }

  /// Whether all of the module area lies in reach; a module lies beside the slots.
  private func isInReach(_ address: UInt64) -> Bool {
    guard kernel.kind == .vmlinux, let text = kernel.linker["_stext"] else { return true }
    let base = text & ~0xff_ffff
    return address &- (base &- Self.moduleArea) < Self.reach - 8
  }
}
