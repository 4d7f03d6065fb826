/// The error codes with which kernels refuse probes.
public enum ProbeErrno: String, Sendable, Hashable, CaseIterable {
  case invalid = "EINVAL"
  case illegalSequence = "EILSEQ"
  case notSupported = "EOPNOTSUPP"
  case noEntry = "ENOENT"
  case notExecutable = "ENOEXEC"
  case noSuchSupport = "ENOTSUPP"
}

/// Why a probe is refused.
public struct Refusal: Sendable, Hashable {
  /// The rule that refuses.
  public let rule: RuleName
  /// What the write to `kprobe_events` or `uprobe_events` fails with.
  public let errno: ProbeErrno
  /// What in the image the rule found: lower case, no full stop.
  public let detail: String
}

/// What a kernel makes of a probe definition.
public enum ProbeDecision: Sendable, Hashable {
  /// It takes the probe, and the probe is armed once enabled.
  case accepted
  case refused(Refusal)
  /// It takes the definition but never arms a probe; the reason in lower case, no full stop.
  case neverArmed(String)
}

/// How a probe works once armed, which decides its cost (Docs/probe-cost.md).
public enum ProbeClass: String, Sendable, Hashable, CaseIterable, Comparable {
  /// A call from the function's ftrace location.
  case ftrace
  /// A jump to a detour instead of a trap.
  case optimised
  /// A trap, after which a copy of the instruction runs without a second trap.
  case boosted
  /// A trap, after which the kernel does the instruction's work itself.
  case emulated
  /// A trap, after which the kernel does the instruction's work itself; what arm64 calls it.
  case simulated
  /// A trap, a copy of the instruction, and a second trap.
  case singleStepped = "single-stepped"
  /// One of several, which the machine decides.
  case depends

  public static func < (left: Self, right: Self) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

/// What the image says about a probe at one address.
public struct ProbeVerdict: Sendable, Hashable {
  /// The address that was asked about.
  public let address: UInt64
  public let decision: ProbeDecision
  /// How the probe works; nil unless it is accepted.
  public let probeClass: ProbeClass?
  /// The classes that are possible when ``probeClass`` is `.depends`; else empty.
  public let possibleClasses: [ProbeClass]
  /// Why the probe is not optimised; nil when it is, or when the kernel does not optimise probes.
  public let obstacle: Obstacle?
  /// What the probe is where the kernel cannot optimise it after all; nil unless it is optimised.
  public let trapClass: ProbeClass?
  /// The bytes that the jump of an optimised probe replaces, whole instructions; nil unless it is optimised.
  public let replacedByteCount: Int?
  /// Whether another machine's kernel may decide otherwise about taking the probe.
  public let dependsOnMachine: Bool
  /// What the answer rests on or depends on: conditions of the running machine, one phrase each, sorted.
  public let conditions: [String]
  /// Whether the probe is hit only when the instruction's condition holds; 32-bit ARM only.
  public let isConditional: Bool
  /// What an armed probe does to the code that it stands in, where that is fatal: one phrase; nil when nothing is
  /// known against it.
  public let hazard: String?
  /// What else there is to know of how the probe works, one phrase each.
  public let remarks: [String]

  init(
    address: UInt64, decision: ProbeDecision, probeClass: ProbeClass? = nil,
    possibleClasses: [ProbeClass] = [], obstacle: Obstacle? = nil, conditions: [String] = [],
    remarks: [String] = [], trapClass: ProbeClass? = nil, replacedByteCount: Int? = nil,
    dependsOnMachine: Bool = false, isConditional: Bool = false, hazard: String? = nil
  ) {
    self.address = address
    self.decision = decision
    self.probeClass = probeClass
    self.possibleClasses = possibleClasses
    self.obstacle = obstacle
    self.conditions = conditions
    self.remarks = remarks
    self.trapClass = trapClass
    self.dependsOnMachine = dependsOnMachine
    self.isConditional = isConditional
    self.hazard = hazard
    self.replacedByteCount = replacedByteCount
  }

  /// An accepted probe that works in one way, or in one of several.
  init(
    address: UInt64, _ mechanism: ProbeMechanism, classes: Set<ProbeClass>, conditions: [String],
    remarks: [String], dependsOnMachine: Bool
  ) {
    let isOpen = classes.count > 1
    self.init(
      address: address, decision: .accepted, probeClass: isOpen ? .depends : mechanism.probeClass,
      possibleClasses: isOpen ? classes.sorted() : [], obstacle: mechanism.obstacle, conditions: conditions,
      remarks: remarks, trapClass: mechanism.trapClass, replacedByteCount: mechanism.replacedByteCount,
      dependsOnMachine: dependsOnMachine, isConditional: mechanism.isConditional, hazard: mechanism.hazard)
  }

  /// Whether the probe works without a trap.
  public var costsNoTrap: Bool { probeClass == .optimised || probeClass == .ftrace }

  public var isAccepted: Bool { decision == .accepted }

  /// The refusal, nil when the kernel takes the definition.
  public var refusal: Refusal? {
    switch decision {
    case .refused(let refusal): refusal
    case .accepted, .neverArmed: nil
    }
  }
}
