/// One difference between two builds.
public struct Change: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case added, lost, moved, copies, status, value, verdict, definition
    case probeClass = "class"
  }

  /// What a difference means for who uses the markers.
  public enum Weight: String, Sendable, CaseIterable {
    case regression, improvement, change
  }

  public let kind: Kind
  public let weight: Weight
  /// The marker in the newer build, or in the older one when it was lost.
  public let marker: SavedMarker
  /// One sentence, lower case, no full stop.
  public let message: String
  /// What was and what is, as short as it can be said; nil when there is nothing on that side.
  public let old: String?
  public let new: String?
}
