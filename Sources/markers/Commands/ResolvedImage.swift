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
  private(set) var resolutions: [MarkerResolution]
  /// What was asked for beside the resolutions, by record; empty when nothing was.
  let details: [MarkerRecord: ExaminedMarker]
  /// What the kernel makes of a probe at a site, by link address; empty when there are no rules.
  let verdicts: [UInt64: ExplainedVerdict]
  /// The nearest line whose probe would cost no trap, by the link address of a site whose probe does.
  let nearestLines: [UInt64: Int]
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
      nearestLines: nearestLines,
      inputFindings: findings + listFindings)
    return (report, definitions)
  }

  /// Lets each marker of a list stand with the images that have its file: a list is for all images of a run.
  ///
  /// A marker whose file no image has stays with the first one, or goes where strays are not kept.
  static func sortedOut(_ images: [ResolvedImage], keepsStrays: Bool) -> [ResolvedImage] {
    let known = Set(
      images.flatMap { image in image.resolutions.filter { !$0.lacksFile }.map(\.record) })
    var result = images
    for index in result.indices {
      result[index].resolutions.removeAll { resolution in
        resolution.lacksFile && (index > 0 || !keepsStrays || known.contains(resolution.record))
      }
    }
    return result
  }
}

extension MarkerResolution {
  /// Whether the marker comes from a list and the image has nothing of its file.
  fileprivate var lacksFile: Bool {
    guard case .list = record.origin else { return false }
    return findings.contains { $0.kind == .fileUnknown }
  }
}
