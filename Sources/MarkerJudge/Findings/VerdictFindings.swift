public import MarkerScan

extension ExplainedVerdict {
  /// What the verdict has to say about a marker's site.
  ///
  /// - Parameters:
  ///   - place: the site as `symbol+0x…`.
  ///   - nearest: asked for the nearest line of the marker's block whose probe would be optimised, when this
  ///     one's is not; nil when there is none.
  public func findings(at place: String, nearest: () -> Int?) -> [Finding] {
    switch verdict.decision {
    case .refused(let refusal):
      return [.probeRefused(refusal, at: place, conditions: verdict.conditions)]
    case .neverArmed(let reason): return [.probeNeverArmed(at: place, because: reason)]
    case .accepted: break
    }
    var findings: [Finding] = []
    if let hazard = verdict.hazard { findings.append(.probeFatal(at: place, because: hazard)) }
    if verdict.isConditional { findings.append(.probeConditional(at: place)) }
    if verdict.dependsOnMachine { findings.append(.verdictDepends(at: place, on: verdict.conditions)) }
    if verdict.probeClass == .depends {
      findings.append(
        .probeClassDepends(at: place, classes: verdict.possibleClasses, on: verdict.conditions))
    } else if let obstacle {
      findings.append(.probeNotOptimised(at: place, obstacle: obstacle, nearest: nearest()))
    }
    return findings
  }
}

extension FindingKind {
  /// The kinds of findings about kernel probes, M3xx.
  public static let verdictKinds: [FindingKind] = [
    .probeRefused, .probeNeverArmed, .verdictDepends, .probeNotOptimised, .probeClassDepends, .probesOverlap,
    .probeFatal, .probeConditional,
  ]
}
