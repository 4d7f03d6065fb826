public import MarkerResolve
public import MarkerScan

/// What became of one marker.
public struct MarkerDefinitions: Sendable {
  public let resolution: MarkerResolution
  /// Sorted by address; empty when the marker was skipped.
  public let definitions: [ProbeDefinition]
  /// Why nothing is written for the marker: one sentence, lower case; nil when something is.
  public let skipped: String?
  /// What is not quite as asked: doubts, arguments that were left out. One sentence each, lower case.
  public let remarks: [String]
  /// The definitions of refused sites, with the reason.
  public let refused: [(definition: ProbeDefinition, reason: String)]
  /// What the rules for definitions have to say (M4xx), in the order of the codes.
  public let findings: [Finding]
}
