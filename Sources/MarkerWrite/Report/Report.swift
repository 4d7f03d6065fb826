public import MarkerJudge
public import MarkerResolve
public import MarkerScan

/// Everything known of the markers of one image, in the order in which it is written.
public struct Report: Sendable {
  /// The image as the user named it.
  public let image: String
  /// The build id in hexadecimal, nil when the image has none.
  public let buildID: String?
  /// One for each marker, in the order of provider, name, file and line.
  public let markers: [MarkerReport]
  /// What is to be said of the input itself: hostile records, lines of a list that cannot be read.
  public let inputFindings: [LocatedFinding]

  /// What the kernel makes of a probe at a site, by link address; a site may have no entry.
  public let verdicts: [UInt64: SiteVerdict]

  public init(
    image: String, buildID: String?, definitions: DefinitionSet, verdicts: [UInt64: ExplainedVerdict] = [:],
    nearestLines: [UInt64: Int] = [:],
    inputFindings: [LocatedFinding]
  ) {
    self.image = image
    self.buildID = buildID
    self.verdicts = verdicts.mapValues(SiteVerdict.init)
    let judged = VerdictNotes(
      verdicts, nearestLines: nearestLines, resolutions: definitions.markers.map(\.resolution))
    markers = definitions.markers.map { MarkerReport($0, judged: judged.findings(of: $0.resolution)) }
    self.inputFindings = inputFindings.sorted()
  }
}

/// One marker with what was found out about it.
public struct MarkerReport: Sendable {
  public let definitions: MarkerDefinitions
  public var resolution: MarkerResolution { definitions.resolution }
  /// What resolving, judging and writing found, in the order of the codes.
  public let findings: [Finding]

  init(_ definitions: MarkerDefinitions, judged: [Finding]) {
    self.definitions = definitions
    findings = (definitions.resolution.findings + judged + definitions.findings)
      .sorted { ($0.kind.code, $0.message) < ($1.kind.code, $1.message) }
  }
}
