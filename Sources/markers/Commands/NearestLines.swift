import InstructionDecoder
import MarkerJudge
import MarkerResolve
import MarkerScan

/// Looks, for sites whose probe traps, for the nearest statement of the marker's block whose probe would not.
struct NearestLines {
  let resolver: Resolver
  let rules: ProbeRules

  /// How many statements around a marker are tried.
  private static let reach = 8

  /// The line, by the site's link address; sites without such a statement are left out.
  func find(
    _ resolutions: [MarkerResolution], _ verdicts: [UInt64: ExplainedVerdict]
  ) throws(InstructionDecoderError) -> [UInt64: Int] {
    var found: [UInt64: Int] = [:]
    for resolution in resolutions {
      let sites = resolution.sites.filter { verdicts[$0.address]?.obstacle != nil }
      if sites.isEmpty { continue }
      let candidates = try candidates(around: resolution.record)
      for site in sites {
        found[site.address] = candidates.first { $0.isGood(for: site) }?.line
      }
    }
    return found
  }

  /// A statement, and the copies of the code in which a probe before it costs no trap.
  private struct Candidate {
    let line: Int
    let sites: [SiteResolution]

    func isGood(for site: SiteResolution) -> Bool {
      sites.contains { $0.function == site.function && $0.inlineChain == site.inlineChain }
    }
  }

  private func candidates(around record: MarkerRecord) throws(InstructionDecoderError) -> [Candidate] {
    let lines = resolver.neighbourLines(of: record).prefix(Self.reach)
    let records = lines.map { line in
      MarkerRecord(
        provider: record.provider, name: record.name, file: record.file, line: line, captures: [],
        origin: record.origin)
    }
    var candidates: [Candidate] = []
    for (line, resolution) in zip(lines, resolver.resolve(records)) where resolution.status == .ok {
      let verdicts = try rules.verdicts(at: resolution.sites.map(\.address))
      let good = zip(resolution.sites, verdicts).filter { $0.1.verdict.costsNoTrap }.map(\.0)
      candidates.append(Candidate(line: line, sites: good))
    }
    return candidates
  }
}
