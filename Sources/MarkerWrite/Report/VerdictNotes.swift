internal import MarkerJudge
internal import MarkerResolve
internal import MarkerScan

/// Words what the kernel makes of the probes of a report, each alone and all together.
struct VerdictNotes {
  private let verdicts: [UInt64: ExplainedVerdict]
  private let places: [UInt64: String]
  /// The sites that lose their jump to another site, by their own address.
  private let overlaps: [UInt64: UInt64]
  /// The nearest line whose probe would cost no trap, by a site's address.
  private let nearestLines: [UInt64: Int]

  init(
    _ verdicts: [UInt64: ExplainedVerdict], nearestLines: [UInt64: Int], resolutions: [MarkerResolution]
  ) {
    self.verdicts = verdicts
    self.nearestLines = nearestLines
    let sites = resolutions.flatMap(\.sites)
    places = Dictionary(sites.map { ($0.address, $0.shownPlace) }, uniquingKeysWith: { first, _ in first })
    let pairs = verdicts.values.map(\.verdict).overlaps.map { ($0.probe, $0.other) }
    overlaps = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  func findings(of resolution: MarkerResolution) -> [Finding] {
    resolution.sites.flatMap { site -> [Finding] in
      guard let verdict = verdicts[site.address] else { return [] }
      let own = verdict.findings(at: site.shownPlace, nearest: { nearestLines[site.address] })
      guard let other = overlaps[site.address], let place = places[other] else { return own }
      return own + [.probesOverlap(at: site.shownPlace, other: place)]
    }
  }
}
