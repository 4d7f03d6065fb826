internal import MarkerScan

/// All policies over all markers of a run.
struct PolicyRun {
  private let policies: [Policy]
  private let verdicts: [[UInt64: SiteVerdict]]
  /// The policies that select none of the markers.
  let unused: [LocatedFinding]

  init(_ policies: [Policy], reports: [Report]) {
    self.policies = policies
    verdicts = reports.map(\.verdicts)
    let markers = reports.flatMap(\.markers)
    unused = policies.filter { policy in !markers.contains { policy.selects($0) } }
      .map { LocatedFinding(.policyUnused, at: $0.place) }
  }

  /// What the policies have to say of a marker of the report with this number, each thing once, by code.
  func findings(of marker: MarkerReport, in report: Int) -> [Finding] {
    var findings: [Finding] = []
    for policy in policies where policy.selects(marker) {
      let check = PolicyCheck(policy: policy, marker: marker, verdicts: verdicts[report])
      findings += check.findings().filter { !findings.contains($0) }
    }
    return findings
  }
}
