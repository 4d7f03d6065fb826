internal import MarkerJudge

/// What counts of one marker in one build.
public struct MarkerState: Sendable, Hashable {
  /// ok, approximate or none.
  public let status: String
  /// How many machine addresses it has.
  public let copies: Int
  /// For each expression that the marker asks for, at how many copies it is fetched; by expression.
  public let fetched: [String: Int]
  /// The worst verdict of its copies: accepted, never-armed, refused; nil when there are no rules.
  public let verdict: String?
  /// The costliest class of its copies; nil when none is accepted.
  public let probeClass: String?
  /// The arguments of its events as "name:type", sorted, one list for each event.
  public let interfaces: [[String]]

  public init(_ marker: SavedMarker) {
    status = marker.status
    copies = marker.sites.count
    var fetched: [String: Int] = [:]
    for argument in marker.sites.flatMap(\.arguments) {
      fetched[argument.expression, default: 0] += argument.fetch == nil ? 0 : 1
    }
    self.fetched = fetched
    let verdicts = marker.sites.compactMap(\.verdict)
    verdict = verdicts.map(\.verdict).max { Self.rank(verdict: $0) < Self.rank(verdict: $1) }
    probeClass = verdicts.compactMap(\.probeClass).max { Self.rank(class: $0) < Self.rank(class: $1) }
    let interfaces = marker.sites.filter { $0.definition != nil }.map { site in
      site.arguments.compactMap { argument in argument.type.map { "\(argument.name):\($0)" } }
    }
    self.interfaces = Set(interfaces).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The expressions without a value at some copy, sorted.
  public var missing: [String] { fetched.filter { $0.value < copies }.keys.sorted() }

  /// How bad a status is; a larger number is worse.
  static func rank(status: String) -> Int { ["ok", "approximate", "none"].firstIndex(of: status) ?? 3 }

  static func rank(verdict: String) -> Int {
    ["accepted", "never-armed", "refused"].firstIndex(of: verdict) ?? 3
  }

  /// How costly a class is; a larger number is costlier.
  static func rank(class name: String) -> Int {
    ProbeClass.allCases.firstIndex { $0.rawValue == name } ?? ProbeClass.allCases.count
  }
}
