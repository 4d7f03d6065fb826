import InstructionDecoder

/// How an accepted probe on x86 works.
struct X86Judge {
  let kernel: KernelImage
  let isUniprocessor: Bool

  /// The class of a probe and what keeps it from being optimised.
  func probeClass(_ probe: ProbePoint) -> (ProbeClass, Obstacle?) {
    if kernel.features.kprobesOnFtrace, kernel.tables.ftraceLocations.contains(probe.address) {
      return (.ftrace, nil)
    }
    var obstacle: Obstacle?
    if kernel.features.optprobes {
      obstacle = X86Optimiser(kernel: kernel, isUniprocessor: isUniprocessor).obstacle(probe)
      if obstacle == nil { return (.optimised, nil) }
    }
    return (trapClass(probe), obstacle)
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
