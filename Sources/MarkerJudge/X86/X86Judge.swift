import InstructionDecoder

/// How an accepted probe on x86 works.
struct X86Judge {
  let kernel: KernelImage
  let isUniprocessor: Bool

  /// The class of a probe, what keeps it from being optimised, and what it is when it is not.
  func mechanism(_ probe: ProbePoint) -> ProbeMechanism {
    if kernel.features.kprobesOnFtrace, kernel.tables.ftraceLocations.contains(probe.address) {
      return ProbeMechanism(probeClass: .ftrace)
    }
    let trap = trapClass(probe)
    guard kernel.features.optprobes else { return ProbeMechanism(probeClass: trap) }
    switch X86Optimiser(kernel: kernel, isUniprocessor: isUniprocessor).answer(probe) {
    case .optimised(let byteCount):
      return ProbeMechanism(probeClass: .optimised, trapClass: trap, replacedByteCount: byteCount)
    case .notOptimised(let obstacle): return ProbeMechanism(probeClass: trap, obstacle: obstacle)
    }
  }

  /// What follows the trap of a probe that is not optimised (setup_singlestep).
  private func trapClass(_ probe: ProbePoint) -> ProbeClass {
    guard let encoding = probe.code.encoding(at: probe.address) else { return .singleStepped }
    let boost = X86Boost(includesGroups: kernel.features.boostsGroups)
    let isFaulting = kernel.tables.exceptions.contains(probe.address)
    if !kernel.features.preemption, !isFaulting, boost.canBoost(encoding) { return .boosted }
    return kernel.features.emulatesBranches && X86Emulation(encoding) == .emulated
      ? .emulated : .singleStepped
  }
}
