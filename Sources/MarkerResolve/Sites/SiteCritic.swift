import CSource
import Elfutils

/// Names what speaks against a choice in one body of code.
struct SiteCritic {
  let graph: FlowGraph
  let rows: StatementRows
  let placement: Placement?
  let begun: BegunStatements?
  /// The inlined calls before the marker.
  let inlinedCalls: [Evidence]
  /// Whether all rows of the marker's statement and its neighbours, taken as copies, agree as well as their first ones.
  let isAmbiguous: Bool
  /// Whether other arguments could have agreed.
  let hasRivals: Bool
  /// How many equations the source's flow gives.
  let equations: Int
  /// All rows of the chosen argument.
  let widest: Set<UInt64>
  /// What the code does; nil when the source is not at hand.
  let proof: EffectProof?
  /// The arguments that give other places.
  let against: [Evidence]
  /// Whether gcc may have merged the code around the marker with code of its like.
  let mayBeMerged: Bool

  private var flow: StatementFlow { StatementFlow(macros: rows.file.macros) }

  func doubts(of chosen: ChosenSites) -> [SiteDoubt] {
    guard let proof else { return doubtsOfRows(chosen) }
    let critic = EffectCritic(
      proof: proof, chosen: chosen, graph: graph, equations: equations, widest: widest,
      isInlined: rows.instance.isInlined)
    let doubts = doubtsOfRows(chosen)
    switch rows.file.unit.producer {
    case .gcc: return mayBeMerged ? doubts : critic.settleFrontiers(doubts)
    case .clang, .other: return critic.settle(doubts)
    }
  }

  /// What speaks against a choice, going by rows and calls alone.
  private func doubtsOfRows(_ chosen: ChosenSites) -> [SiteDoubt] {
    var result = isOutvoted(chosen) ? [] : contradictions(chosen)
    if isUnconfirmed(chosen) { result.append(placement == nil ? .noSource : .unconfirmed) }
    if isVectorised(chosen) { result.append(.vectorised) }
    if isAmbiguous { result.append(.ambiguous) }
    if isUnconditional(chosen) { result.append(.unconditional) }
    if isLooped(chosen) { result.append(.looped) }
    if isBypassed(chosen) { result.append(.bypassed) }
    var strangers = isSettled(chosen) ? twins(chosen) : strangers(chosen)
    if mayBeMerged { strangers.formUnion(strangersAbove()) }
    if !strangers.isEmpty { result.append(.sharedCode(strangers)) }
    return result
  }

  /// What speaks against the choice. With jumps that cannot be followed it is only not known to speak for it.
  private func contradictions(_ chosen: ChosenSites) -> [SiteDoubt] {
    if chosen.contradictions.isEmpty { return [] }
    return graph.hasUnknownJumps ? [.unknownJumps] : chosen.contradictions.map { .contradicted($0) }
  }

  /// Whether enough speaks for the place that rows in front of it need not be looked at. Rows above the marker that
  /// are passed less often show that the code below them may be shared.
  private func isSettled(_ chosen: ChosenSites) -> Bool {
    if chosen.contradictions.contains(where: { $0 == .previousStatement || $0 == .earlierStatement }) {
      return false
    }
    if mayBeMerged { return false }
    return chosen.independent >= (rows.file.unit.producer == .gcc ? Self.enough - 1 : Self.enough)
  }

  /// So many independent arguments settle what single rows speak against.
  private static let enough = 3

  /// Whether what speaks against the choice does not count: fewer arguments than speak for it. Rows above the marker
  /// that are passed less often show that the code below them may be shared, and count more.
  private func isOutvoted(_ chosen: ChosenSites) -> Bool {
    guard chosen.contradictions.count <= chosen.agreements, chosen.kind != .functionEntry else {
      return false
    }
    if chosen.contradictions.count < chosen.agreements {
      let isBelow = chosen.contradictions.allSatisfy { $0 == .laterStatement || $0 == .nextStatement }
      if isBelow { return true }
      // What gcc's rows above say is settled only by what the flow of the source says.
      let isKnown = rows.file.unit.producer != .gcc || chosen.confirmations > 0
      if isKnown, chosen.independent >= Self.enough { return true }
    }
    return rows.file.unit.producer == .gcc && chosen.independent >= Self.enough - 1 && !mayBeMerged
      && !mayHaveLostCopies(chosen) && !letsPass(chosen)
  }

  /// Whether a statement that speaks against the choice has another number of rows: copies of which the marker's, or
  /// its own, are lost.
  private func mayHaveLostCopies(_ chosen: ChosenSites) -> Bool {
    against.contains { $0.variants[0].count != chosen.candidates.count }
  }

  /// Whether nothing confirms the choice.
  private func isUnconfirmed(_ chosen: ChosenSites) -> Bool {
    switch chosen.kind {
    case .earlierInlinedCall: return true
    // Control comes straight from the entry. Of an inlined body it is where the first row is, which may have moved.
    case .functionEntry: return rows.instance.isInlined && chosen.independent < 2
    // Where whole statements left no row, their code may have been merged with its like.
    case .laterInstructions, .earlierInstructions:
      if chosen.confirmations == 0 { return true }
    case .ownRow, .nextStatement, .previousStatement, .laterStatement, .earlierStatement, .laterCall,
      .earlierCall, .callingStatement, .counted:
      break
    }
    if chosen.agreements == 0 { return !hasRivals }
    if isBeforeInlinedCall(chosen) || isHidden(chosen) { return true }
    switch rows.file.unit.producer {
    case .gcc: return false
    // Rows that follow instructions do not tell copies of a statement from its pieces.
    case .clang, .other:
      return chosen.independent == 0 || (chosen.candidates.addresses.count > 1 && chosen.confirmations == 0)
    }
  }

  /// Whether an inlined call stands between the place and the marker, and no other statement speaks for the place.
  private func isBeforeInlinedCall(_ chosen: ChosenSites) -> Bool {
    guard chosen.kind == .previousStatement || chosen.kind == .earlierStatement else { return false }
    return chosen.agreeing.isEmpty && inlinedCalls.contains { $0.line >= chosen.line }
  }

  /// Whether gcc left of the marker's line nothing, and of the next one what a macro hides: its begin may be lost too.
  private func isHidden(_ chosen: ChosenSites) -> Bool {
    guard rows.file.unit.producer == .gcc, chosen.kind == .nextStatement, chosen.independent < Self.enough,
      placement?.marker != nil, let next = placement?.next
    else { return false }
    return flow.hidesStatements(next)
  }

  /// Whether the loop does several iterations at once, at the place or where the loop's other iterations are.
  private func isVectorised(_ chosen: ChosenSites) -> Bool {
    if let loop = placement?.block.innermostLoop, rows.computesVectors(on: loop.extent.lines, graph) {
      return true
    }
    return chosen.candidates.contains { rows.isVectorised($0.address) }
  }

  /// Whether control can pass the place again without leaving the body, and the source has no such way.
  private func isLooped(_ chosen: ChosenSites) -> Bool {
    guard let placement, !placement.mayRepeat, chosen.confirmations == 0 else { return false }
    // The entry of an inlined body may be moved together with the row: it alone shows nothing.
    guard chosen.agreeing.allSatisfy({ $0 == .functionEntry }) else { return false }
    return chosen.candidates.contains { graph.isInCycle($0.address, within: rows.ranges) }
  }

  /// Whether code behind the marker is also reached without passing the place, which nothing else confirms.
  private func isBypassed(_ chosen: ChosenSites) -> Bool {
    chosen.independent == 0 && letsPass(chosen)
  }

  /// Whether control gets behind the marker without passing the place.
  private func letsPass(_ chosen: ChosenSites) -> Bool {
    guard let placement, let begun else { return false }
    let places = BypassedPlaces(rows: rows, begun: begun, graph: graph, flow: flow)
    return places.exist(behind: placement, without: chosen.candidates.addresses)
  }

  /// Whether the place is passed as often as the branch that the marker is in begins: the code of its ways was merged,
  /// or moved in front of it.
  private func isUnconditional(_ chosen: ChosenSites) -> Bool {
    guard chosen.independent < Self.enough, let owner = placement?.block.branch else { return false }
    let begins = rows.begins(of: owner, flow: flow)
    return begins.contains { graph.balance(chosen.candidates.addresses, $0.addresses) == .equal }
  }

  /// Whether control goes on from the place, or comes to it, in another body of the marker's function: the ends of
  /// two bodies were merged, and it passes a place in each.
  private func twins(_ chosen: ChosenSites) -> Set<BegunStatements.Place> {
    guard let begun else { return [] }
    return chosen.candidates.contains { begun.meetsTwin($0) } ? [.twin] : []
  }

  /// Where control comes from that the source does not allow.
  private func strangers(_ chosen: ChosenSites) -> Set<BegunStatements.Place> {
    guard let begun, let placement, chosen.kind != .functionEntry else { return [] }
    var allowed = SourcePredecessors(arrivingAt: chosen.line, in: placement.block)
    if chosen.kind.isInside {
      allowed.allowStatement(on: chosen.line, in: placement.block)
    }
    return twins(chosen).union(begun.before(chosen.candidates).filter { !allowed.allows($0) })
  }

  /// Where control comes from that the source does not allow to the statements that it passes straight from there to
  /// the marker.
  private func strangersAbove() -> Set<BegunStatements.Place> {
    guard let begun, let placement else { return [] }
    var result: Set<BegunStatements.Place> = []
    var current = placement.previous
    while let statement = current, !statement.isLabel, flow.isStraight(statement) {
      if !statement.isCodeless {
        let allowed = SourcePredecessors(arrivingAt: statement.extent.start.line, in: statement.block)
        let begins = rows.begins(of: statement, flow: flow).first ?? []
        result.formUnion(begun.before(begins).filter { !allowed.allows($0) })
      }
      current = statement.previousOrdinary
    }
    return result
  }
}
