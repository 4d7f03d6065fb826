import Elfutils

/// Which rules a kernel has, in the order in which it tests them.
enum RuleTable {
  /// The rules for a kernel with these features.
  static func rules(_ machine: Machine, _ features: KernelFeatures) -> [any RefusalRule] {
    if !features.hasKprobes { return [NoKprobesRule()] }
    return (features.refusesNotrace ? [NotraceRule()] : []) + addressRules(features)
      + architectureRules(machine, features)
  }

  /// kernel/kprobes.c:check_kprobe_address_safe
  private static func addressRules(_ features: KernelFeatures) -> [any RefusalRule] {
    (features.kprobesOnFtrace ? [] : [FtraceLocationRule()])
      + [
        InitTextRule(), NotTextRule(), BlacklistRule(), JumpLabelRule(), StaticCallRule(), BugTableRule(),
        CfiPreambleRule(), ModuleInitTextRule(features),
      ]
  }

  /// arch_prepare_kprobe; not reached where a probe uses ftrace.
  private static func architectureRules(_ machine: Machine, _ features: KernelFeatures) -> [any RefusalRule] {
    switch machine {
    case .x8664, .x86:
      [InstructionBoundaryRule()] + (features.refusesTraps ? [TrapInstructionRule()] : []) + [
        UncopyableRule()
      ]
        + (features.emulatesBranches ? [EmulationRule()] : [])
    case .arm64:
      [MisalignedRule(), ARM64ExceptionTableRule(), ARM64InstructionRule(), ARM64ExclusiveSequenceRule()]
    case .arm: [MisalignedRule(), ARMInstructionRule(), ARMStackStoreRule()]
    case .other: []
    }
  }
}
