import MarkerJudge
import MarkerResolve
import MarkerScan
import MarkerWrite

/// One image with its resolved markers.
struct ResolvedImage {
  let name: String
  /// In hexadecimal, nil when the image has none.
  let buildID: String?
  let target: ProbeTarget
  let resolutions: [MarkerResolution]
  /// What the kernel makes of a probe at a site, by link address; empty when there are no rules.
  let verdicts: [UInt64: ExplainedVerdict]
  /// What is wrong with the image's records.
  let findings: [LocatedFinding]

  /// The report, with definitions that share `events` with those of other images.
  func report(
    includesApproximate: Bool, keepsRefused: Bool = false, listFindings: [LocatedFinding] = [],
    events: inout EventTable
  ) -> (report: Report, definitions: DefinitionSet) {
    let options = DefinitionOptions(
      includesApproximate: includesApproximate, keepsRefused: keepsRefused,
      verdicts: verdicts.mapValues(SiteVerdict.init))
    let definitions = DefinitionSet(resolutions, target: target, options: options, sharing: &events)
    let report = Report(
      image: name, buildID: buildID, definitions: definitions, verdicts: verdicts,
      inputFindings: findings + listFindings)
    return (report, definitions)
  }
}
