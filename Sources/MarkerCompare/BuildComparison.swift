/// What changed for the markers from one build to another.
public struct BuildComparison: Sendable {
  public let old: SavedReport
  public let new: SavedReport
  /// In the order of the markers' names, files and lines.
  public let changes: [Change]

  public init(old: SavedReport, new: SavedReport) {
    self.old = old
    self.new = new
    let pairs = MarkerPairs(old: old.markers, new: new.markers)
    var changes = pairs.lost.map(Self.lost) + pairs.added.map(Self.added)
    for pair in pairs.pairs { changes += PairComparison(old: pair.old, new: pair.new).changes() }
    self.changes = changes.enumerated().sorted { left, right in
      let (one, other) = (left.element.marker, right.element.marker)
      if one.title != other.title { return one.title < other.title }
      if one.file != other.file { return one.file < other.file }
      if one.line != other.line { return one.line < other.line }
      return left.offset < right.offset
    }.map(\.element)
  }

  public var hasRegressions: Bool { changes.contains { $0.weight == .regression } }

  public func count(_ weight: Change.Weight) -> Int { changes.count { $0.weight == weight } }

  private static func lost(_ marker: SavedMarker) -> Change {
    Change(
      kind: .lost, weight: .regression, marker: marker, message: "the marker is not there any more",
      old: marker.status, new: nil)
  }

  private static func added(_ marker: SavedMarker) -> Change {
    Change(
      kind: .added, weight: .change, marker: marker, message: "the marker is new", old: nil,
      new: marker.status)
  }
}
