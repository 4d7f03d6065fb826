/// A reason not to rely on a choice.
enum SiteDoubt: Hashable {
  /// Only one argument speaks for the addresses and none confirms it.
  case unconfirmed
  /// Another argument speaks for other addresses.
  case contradicted(Evidence.Kind)
  /// The function has jumps that cannot be followed.
  case unknownJumps
  /// The function's code cannot be decoded.
  case noGraph
  /// The source is not at hand, so the statement's extent is not known.
  case noSource
  /// Control also comes from statements that the source does not let precede the marker: code that was merged.
  case sharedCode(Set<BegunStatements.Place>)
  /// The function was inlined somewhere without a trace.
  case vanishedCopy
  /// The loop around the marker does several iterations at once.
  case vectorised
  /// The rows of the statement and its neighbours may be pieces of each or copies of all.
  case ambiguous
  /// The instruction traps once an iteration and no neighbour can stand for it.
  case repeats
  /// The marker is in a branch, the place is passed whichever way control takes.
  case unconditional
  /// The place is in a loop of the machine code, the marker in none of the source.
  case looped
  /// Code behind the marker is also reached without passing the place.
  case bypassed
  /// The other statements of the function do not let the marker be passed as often as the place.
  case otherCount
  /// The place only follows from how often other statements are passed.
  case counted
  /// Code of the marker's block exists in a body of the function where the marker has no place.
  case lostCopy
}

extension SiteDoubt {
  /// The doubt in the words of a trace.
  var words: String {
    switch self {
    case .unconfirmed: "no other argument confirms the place"
    case .contradicted(let kind): "\(kind.sentence) is not passed equally often"
    case .unknownJumps: "the function has jumps that cannot be followed"
    case .noGraph: "the code cannot be decoded"
    case .noSource: "the source is not at hand"
    case .sharedCode(let places):
      "control also comes from \(places.count) places that the source does not allow"
    case .vanishedCopy: "the function was inlined somewhere without a trace"
    case .vectorised: "the loop does several iterations at once"
    case .ambiguous: "its rows and its neighbours' may be pieces of one statement or copies of all"
    case .repeats: "the instruction repeats itself"
    case .unconditional: "the place is passed whichever way the branch around the marker is taken"
    case .looped: "the place is in a loop that the source does not have"
    case .bypassed: "code behind the marker is also reached without passing the place"
    case .otherCount: "the function's other statements do not let it be passed as often"
    case .counted: "the place only follows from how often other statements are passed"
    case .lostCopy: "code of the block is here, but no place for the marker"
    }
  }
}
