import InstructionDecoder

/// How an accepted probe on x86 works.
struct X86Judge {
  let kernel: KernelImage
  /// How many the kernel booted on; nil when that is not known.
  let processors: Int?

  /// The class of a probe, what keeps it from being optimised, and what it is when it is not.
  func mechanism(_ probe: ProbePoint) -> ProbeMechanism {
    if kernel.features.kprobesOnFtrace, kernel.tables.ftraceLocations.contains(probe.address) {
      return ProbeMechanism(probeClass: .ftrace)
    }
    let trap = trapped(probe)
    guard kernel.features.optprobes else { return trap }
    switch X86Optimiser(kernel: kernel, processors: processors).answer(probe) {
    case .optimised(let byteCount, let condition):
      return ProbeMechanism(
        probeClass: .optimised, trapClass: trap.probeClass, replacedByteCount: byteCount,
        otherwise: condition.map { Otherwise(probeClass: trap.probeClass, condition: $0) })
    case .notOptimised(let obstacle):
      return ProbeMechanism(probeClass: trap.probeClass, obstacle: obstacle, otherwise: trap.otherwise)
    }
  }

  /// What follows the trap of a probe that is not optimised (setup_singlestep).
  private func trapped(_ probe: ProbePoint) -> ProbeMechanism {
    guard let encoding = probe.code.encoding(at: probe.address) else {
      return ProbeMechanism(probeClass: .singleStepped)
    }
    let isEmulated = kernel.features.emulatesBranches && X86Emulation(encoding) == .emulated
    let other: ProbeClass = isEmulated ? .emulated : .singleStepped
    let boost = X86Boost(includesGroups: kernel.features.boostsGroups)
    let isFaulting = kernel.tables.exceptions.contains(probe.address)
    guard !isFaulting, boost.canBoost(encoding), kernel.features.preemption != true else {
      return ProbeMechanism(probeClass: other)
    }
    let isKnown = kernel.features.preemption != nil
    return ProbeMechanism(
      probeClass: .boosted,
      otherwise: isKnown ? nil : Otherwise(probeClass: other, condition: "CONFIG_PREEMPTION"))
  }
}
