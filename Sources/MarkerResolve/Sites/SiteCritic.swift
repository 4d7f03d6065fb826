import CSource
import Elfutils

/// Names what speaks against a choice in one body of code.
struct SiteCritic {
  let graph: FlowGraph
  let rows: StatementRows
  let placement: Placement?
  let begun: BegunStatements?
  /// Whether other arguments could have agreed.
  let hasRivals: Bool

  func doubts(of chosen: ChosenSites) -> [SiteDoubt] {
    var result: [SiteDoubt] = isOutvoted(chosen) ? [] : chosen.contradictions.map { .contradicted($0) }
    if isUnconfirmed(chosen) { result.append(placement == nil ? .noSource : .unconfirmed) }
    if graph.hasUnknownJumps, hasRivals, chosen.agreements == 0 { result.append(.unknownJumps) }
    if chosen.candidates.contains(where: { rows.isVectorised($0.address) }) { result.append(.vectorised) }
    if isUnconditional(chosen) { result.append(.unconditional) }
    if isLooped(chosen) { result.append(.looped) }
    let strangers = chosen.independent < Self.enough ? strangers(chosen) : []
    if !strangers.isEmpty { result.append(.sharedCode(strangers)) }
    return result
  }

  /// So many independent arguments settle what single rows speak against.
  private static let enough = 3

  /// Whether what speaks against the choice does not count: fewer arguments than speak for it. Rows above the marker
  /// that are passed less often show that the code below them may be shared, and count more.
  private func isOutvoted(_ chosen: ChosenSites) -> Bool {
    guard chosen.contradictions.count < chosen.agreements, chosen.kind != .functionEntry else { return false }
    let isBelow = chosen.contradictions.allSatisfy { $0 == .laterStatement || $0 == .nextStatement }
    return isBelow || chosen.independent >= Self.enough
  }

  /// Whether nothing confirms the choice. Rows at several addresses that all moved together confirm nothing: other
  /// copies of the statement may have lost them.
  private func isUnconfirmed(_ chosen: ChosenSites) -> Bool {
    if chosen.agreements == 0 { return !hasRivals }
    let isCopied = chosen.candidates.addresses.count > 1
    switch rows.file.unit.producer {
    case .gcc: return chosen.independent == 0 && isCopied
    // Rows that follow instructions do not tell copies of a statement from its pieces.
    case .clang, .other: return chosen.independent == 0 || (isCopied && chosen.confirmations == 0)
    }
  }

  /// Whether control can pass the place again without leaving the body, and the source has no such way.
  private func isLooped(_ chosen: ChosenSites) -> Bool {
    guard let placement, !placement.mayRepeat, chosen.confirmations == 0 else { return false }
    // The entry of an inlined body may be moved together with the row: it alone shows nothing.
    guard chosen.agreeing.allSatisfy({ $0 == .functionEntry }) else { return false }
    return chosen.candidates.contains { graph.isInCycle($0.address, within: rows.ranges) }
  }

  /// Whether the place is passed as often as the branch that the marker is in begins: the code of its ways was merged,
  /// or moved in front of it.
  private func isUnconditional(_ chosen: ChosenSites) -> Bool {
    guard let owner = placement?.block.branch else { return false }
    let begins = rows.begins(of: owner, flow: StatementFlow(macros: rows.file.macros))
    return begins.contains { graph.balance(chosen.candidates.addresses, $0.addresses) == .equal }
  }

  /// Where control comes from that the source does not allow.
  private func strangers(_ chosen: ChosenSites) -> Set<BegunStatements.Place> {
    guard let begun, let placement, chosen.kind != .functionEntry else { return [] }
    var allowed = SourcePredecessors(arrivingAt: chosen.line, in: placement.block)
    if chosen.kind.isInside {
      allowed.allowStatement(on: chosen.line, in: placement.block)
    }
    return chosen.candidates.reduce(into: []) { result, candidate in
      let places = begun.before(candidate.momentAddress, view: candidate.view)
      result.formUnion(places.filter { !allowed.allows($0) })
    }
  }
}
