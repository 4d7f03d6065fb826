public import MarkerJudge
public import MarkerScan

/// What a project asks of chosen markers, beyond that they can be probed.
public struct Policy: Sendable {
  public let selector: MarkerSelector
  /// Whether every value must be fetched at every copy, and every probe be taken, and optimised where probes can be,
  /// unless `maximumCost` says otherwise.
  public let requiresOk: Bool
  /// How many machine addresses a marker may have; nil for any number.
  public let maximumCopies: Int?
  /// The costliest class that a probe may have; nil for any.
  public let maximumCost: ProbeClass?
  /// Where the policy is written.
  public let place: FindingLocation

  public init(
    selector: MarkerSelector, requiresOk: Bool, maximumCopies: Int?, maximumCost: ProbeClass?,
    place: FindingLocation
  ) {
    self.selector = selector
    self.requiresOk = requiresOk
    self.maximumCopies = maximumCopies
    self.maximumCost = maximumCost
    self.place = place
  }

  func selects(_ marker: MarkerReport) -> Bool {
    let record = marker.resolution.record
    return selector.selects(provider: record.provider, name: record.name, file: record.file)
  }
}
