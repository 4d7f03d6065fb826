/// The bodies of a function that gcc split for partial inlining (gcc/ipa-split.cc): some hold its begin, others, out
/// of line, the part that was split off. A marker is in one of the two.
enum SplitFunction {
  /// Takes the places of the marker from the bodies that do not have it.
  static func settle(_ outcomes: inout [InstanceOutcome]) {
    guard outcomes.contains(where: \.isSplitPart) else { return }
    let sides = [true, false].filter { side in holds(outcomes.filter { $0.isSplitPart == side }) }
    guard let side = sides.first, sides.count == 1 else {
      let placed = Set(outcomes.filter(hasSites).map(\.isSplitPart))
      if sides.count == 2 || placed.count == 2 { doubt(&outcomes) }
      return
    }
    if outcomes.contains(where: { $0.isSplitPart != side && hasOwnRows($0) }) { doubt(&outcomes) }
    for index in outcomes.indices where outcomes[index].isSplitPart != side {
      // Control that comes straight from the function's entry to the marker also passes it without the part.
      let isPassed = side && outcomes[index].evidence.contains { $0.kind == .functionEntry }
      outcomes[index].choice = isPassed ? .lost : .elsewhere
      outcomes[index].doubts = isPassed ? [.lostCopy] : []
    }
  }

  /// Whether the bodies have the marker: rows of its own or of the statement behind it in some, and a place in all.
  private static func holds(_ bodies: [InstanceOutcome]) -> Bool {
    bodies.allSatisfy(hasSites) && bodies.contains(where: hasOwnRows)
  }

  private static func hasSites(_ outcome: InstanceOutcome) -> Bool {
    if case .sites = outcome.choice { true } else { false }
  }

  private static func hasOwnRows(_ outcome: InstanceOutcome) -> Bool {
    if case .sites(let chosen) = outcome.choice { chosen.kind <= .nextStatement } else { false }
  }

  private static func doubt(_ outcomes: inout [InstanceOutcome]) {
    for index in outcomes.indices where outcomes[index].isSplitPart {
      outcomes[index].doubts.append(.contradicted(.nextStatement))
    }
  }
}
