public import MarkerJudge

/// What a kernel makes of a probe at a site, in words.
public struct SiteVerdict: Sendable, Hashable {
  /// accepted, refused or never-armed.
  public let verdict: String
  /// The error that the kernel refuses the probe with; nil when it does not refuse it.
  public let errno: String?
  /// The rule that refuses, what keeps the probe from being optimised, or what the answer rests on; nil when there
  /// is nothing to say. Lower case, no full stop.
  public let reason: String?
  /// How the probe works once armed; nil unless it is accepted.
  public let probeClass: String?
  /// The class, or the costliest of those that are possible when it depends; nil unless the kernel takes the probe.
  public let worstClass: ProbeClass?
  /// Whether probes like this one can be optimised at all.
  public let canBeOptimised: Bool
  /// Whether the definition leads to an armed probe.
  public let isArmed: Bool
  /// What an armed probe does to the code that it stands in, where that is fatal; nil when nothing is known.
  public let hazard: String?

  init(
    verdict: String, errno: String?, reason: String?, probeClass: String?, worstClass: ProbeClass? = nil,
    isArmed: Bool, hazard: String? = nil, canBeOptimised: Bool = false
  ) {
    self.worstClass = worstClass
    self.canBeOptimised = canBeOptimised
    self.hazard = hazard
    self.verdict = verdict
    self.errno = errno
    self.reason = reason
    self.probeClass = probeClass
    self.isArmed = isArmed
  }

  public init(_ explained: ExplainedVerdict) {
    let judged = explained.verdict
    probeClass = judged.probeClass?.rawValue
    worstClass = judged.possibleClasses.max() ?? judged.probeClass
    hazard = judged.hazard
    canBeOptimised = explained.canBeOptimised
    let main: String?
    switch judged.decision {
    case .accepted:
      (verdict, errno, isArmed) = ("accepted", nil, true)
      main = explained.obstacle.map { "not optimised: \($0)" }
    case .refused(let refusal):
      (verdict, errno, isArmed) = ("refused", refusal.errno.rawValue, false)
      main = "\(refusal.rule.rawValue): \(refusal.detail)"
    case .neverArmed(let why):
      (verdict, errno, isArmed) = ("never-armed", nil, false)
      main = why
    }
    let conditional = judged.isConditional ? "hit only when the instruction's condition holds" : nil
    let parts =
      [main, Self.condition(judged)].compactMap(\.self) + judged.remarks
      + [conditional, judged.hazard].compactMap(\.self)
    reason = parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func condition(_ verdict: ProbeVerdict) -> String? {
    let possible = verdict.possibleClasses.map(\.rawValue).joined(separator: " or ")
    let conditions = verdict.conditions.joined(separator: " and ")
    switch (possible.isEmpty, conditions.isEmpty) {
    case (true, true): return nil
    case (false, true): return possible
    case (true, false): return "rests on \(conditions)"
    case (false, false): return "\(possible), depends on \(conditions)"
    }
  }

  /// Why there should be or will be no probe at the site; nil when there may.
  public var gap: String? {
    if isArmed { return hazard }
    let why = reason ?? "no reason is known"
    return errno.map { "the kernel refuses a probe with \($0) (\(why))" }
      ?? "the kernel never arms a probe (\(why))"
  }
}
