internal import MarkerJudge
internal import MarkerResolve
internal import MarkerScan

/// Holds one marker against one policy.
struct PolicyCheck {
  let policy: Policy
  let marker: MarkerReport
  /// What the kernel makes of a probe at a site, by link address; a site may have no entry.
  let verdicts: [UInt64: SiteVerdict]

  private var sites: [SiteResolution] { marker.resolution.sites }

  /// In the order of their codes.
  func findings() -> [Finding] {
    var findings: [Finding] = []
    if policy.requiresOk { findings += status() + values() }
    if let limit = policy.maximumCopies, sites.count > limit {
      findings.append(.tooManyCopies(sites.map(\.shownPlace), limit: limit))
    }
    return findings + costs()
  }

  private func status() -> [Finding] {
    let status = marker.resolution.status
    return status == .ok ? [] : [.requiredNotOk(status.rawValue)]
  }

  /// The captures that some site does not fetch for certain, in the order of the record.
  private func values() -> [Finding] {
    marker.resolution.record.captures.indices.compactMap { index in
      let doubtful = sites.filter { site in
        !site.arguments.indices.contains(index) || site.arguments[index].status != .ok
      }
      guard !doubtful.isEmpty else { return nil }
      let reasons = doubtful.map { site in
        let argument = site.arguments.indices.contains(index) ? site.arguments[index] : nil
        return "at \(site.shownPlace): \(argument?.absence?.sentence ?? "the value is approximate")"
      }
      let name = marker.resolution.record.captures[index].expressionText
      return .requiredValueMissing(name, of: sites.count, reasons: reasons)
    }
  }

  private func costs() -> [Finding] {
    guard let limit = policy.maximumCost ?? impliedLimit else { return [] }
    let costly = sites.compactMap { site -> String? in
      guard let verdict = verdicts[site.address] else { return nil }
      if let worst = verdict.worstClass, worst <= limit { return nil }
      let reason = verdict.reason.map { " (\($0))" } ?? ""
      return "the probe at \(site.shownPlace) is \(verdict.worstClass?.rawValue ?? verdict.verdict)\(reason)"
    }
    return costly.isEmpty ? [] : [.tooCostly(costly, of: sites.count, limit: limit.rawValue)]
  }

  /// What `require = "ok"` allows at most: an optimised probe, or where no probe can be one, any probe.
  private var impliedLimit: ProbeClass? {
    guard policy.requiresOk else { return nil }
    return sites.contains { verdicts[$0.address]?.canBeOptimised == true } ? .optimised : .singleStepped
  }
}
