public import MarkerResolve

extension Absence {
  /// The reason in one sentence, lower case, no full stop.
  public var sentence: String {
    switch self {
    case .optimisedOut: "the compiler kept no location for it"
    case .notLiveHere(let live):
      live.isEmpty ? "it is not live here" : "it is not live here, but at " + Self.shown(live)
    case .entryValueOnly: "only its value at function entry is known, and no register still holds that"
    case .notExpressible(let need): "tracefs cannot compute it: \(need)"
    case .unknownVariable(let name, let near):
      "no variable '\(name)' is in scope" + suggestion(near)
    case .unknownMember(let name, let type, let near):
      "'\(type)' has no member '\(name)'" + suggestion(near)
    case .typeMismatch(let what): what
    case .unsupported(let what): what
    case .uncertain(let why): why
    }
  }

  /// The first few ranges, and how many more there are.
  private static func shown(_ ranges: [String]) -> String {
    let limit = 4
    let more = ranges.count > limit ? " and \(ranges.count - limit) more ranges" : ""
    return ranges.prefix(limit).joined(separator: ", ") + more
  }

  private func suggestion(_ near: [String]) -> String {
    near.isEmpty ? "" : "; near names are " + near.map { "'\($0)'" }.joined(separator: ", ")
  }
}
