/// The bodies of a function that gcc split for partial inlining (gcc/ipa-split.cc): some hold its begin, others, out
/// of line, the part that was split off. A marker is in one of the two.
enum SplitFunction {
  /// Takes the places of the marker from the bodies that do not have it.
  static func settle(_ outcomes: inout [InstanceOutcome]) {
    guard outcomes.contains(where: \.isSplitPart) else { return }
    let sides = [true, false].filter { side in holds(outcomes.filter { $0.isSplitPart == side }) }
    guard let side = sides.first, sides.count == 1 else {
      if sides.count == 2 { doubt(&outcomes) }
      return
    }
    for index in outcomes.indices where outcomes[index].isSplitPart != side {
      outcomes[index].choice = .elsewhere
      outcomes[index].doubts = []
    }
  }

  /// Whether the bodies have the marker: rows of its own or of the statement behind it in some, and a place in all.
  private static func holds(_ bodies: [InstanceOutcome]) -> Bool {
    let kinds = bodies.map { outcome -> Evidence.Kind? in
      if case .sites(let chosen) = outcome.choice { chosen.kind } else { nil }
    }
    return kinds.allSatisfy { $0 != nil } && kinds.contains { $0.map { $0 <= .nextStatement } ?? false }
  }

  private static func doubt(_ outcomes: inout [InstanceOutcome]) {
    for index in outcomes.indices where outcomes[index].isSplitPart {
      outcomes[index].doubts.append(.contradicted(.nextStatement))
    }
  }
}
