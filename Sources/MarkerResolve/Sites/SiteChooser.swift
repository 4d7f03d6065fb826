import CSource
import Elfutils

/// Chooses among the evidence in one body of code.
struct SiteChooser {
  let evidence: [Evidence]
  let calls: [Evidence]
  let confirmations: [Confirmation]
  let graph: FlowGraph?
  let rows: StatementRows
  let placement: Placement?
  let begun: BegunStatements?
  /// What the code does; nil when the source is not at hand.
  let proof: EffectProof?

  func choose() -> (SiteChoice, [SiteDoubt]) {
    guard let primary = evidence.first else { return nothing() }
    guard let graph else {
      let chosen = ChosenSites(
        kind: primary.kind, line: primary.line, candidates: primary.variants[0], variant: 0, agreeing: [],
        confirmations: 0, elsewhere: 0, contradictions: [])
      return (.sites(chosen), [.noGraph])
    }
    let readings = evidence.indices.map { best(of: $0, graph) }
    let chosen = readings.first { $0.agreements > 0 } ?? readings[0]
    let critic = SiteCritic(
      graph: graph, rows: rows, placement: placement, begun: begun,
      inlinedCalls: calls.filter { $0.kind == .earlierInlinedCall },
      isAmbiguous: isAmbiguous(chosen, graph), hasRivals: evidence.count > 1,
      equations: confirmations.count, widest: widest(chosen), proof: proof,
      against: evidence.filter { !agrees(chosen.candidates.addresses, $0, graph) },
      mayBeMerged: mayBeMerged)
    return (
      .sites(beyondCalls(chosen, graph) ?? behindCall(chosen, graph) ?? chosen), critic.doubts(of: chosen)
    )
  }

  /// All rows of the chosen argument.
  private func widest(_ chosen: ChosenSites) -> Set<UInt64> {
    evidence.first { $0.kind == chosen.kind && $0.line == chosen.line }?.widest ?? []
  }

  private var mayBeMerged: Bool {
    guard rows.file.unit.producer == .gcc, let placement else { return false }
    return SimilarStatements(rows: rows, flow: StatementFlow(macros: rows.file.macros))
      .areLost(around: placement)
  }

  /// Whether the rows that were left out of the chosen ones as pieces of the statement may be copies of it: another
  /// statement has as many left out at places that are passed as often.
  private func isAmbiguous(_ chosen: ChosenSites, _ graph: FlowGraph) -> Bool {
    guard rows.file.unit.producer != .gcc,
      let own = evidence.first(where: { $0.kind == chosen.kind && $0.line == chosen.line })
    else { return false }
    let all = own.widest
    guard all.count > chosen.candidates.addresses.count,
      graph.balance(all, chosen.candidates.addresses) != .equal
    else { return false }
    return evidence.contains { other in
      guard other.kind != own.kind || other.line != own.line, let first = other.variants.first else {
        return false
      }
      let wide = other.widest
      return wide != all && wide.count > first.addresses.count && graph.balance(wide, all) == .equal
    }
  }

  /// The same choice at another argument's places, when there are calls between the marker and the chosen ones and
  /// none between it and those, or none that is known.
  private func beyondCalls(_ chosen: ChosenSites, _ graph: FlowGraph) -> ChosenSites? {
    guard let proof, rows.file.unit.producer != .gcc else { return nil }
    let between = CallsBetween(graph: graph, lines: proof.lines, placement: proof.placement)
    let addresses = chosen.candidates.addresses
    var least = between.answer(chosen.kind, line: chosen.line, addresses)
    var result: ChosenSites?
    for other in evidence + calls where other.kind != chosen.kind || other.line != chosen.line {
      if least == .none { break }
      let equal = other.variants.firstIndex { graph.balance(addresses, $0.addresses) == .equal }
      guard let equal else { continue }
      let answer = between.answer(other.kind, line: other.line, other.variants[equal].addresses)
      if answer.rawValue >= least.rawValue { continue }
      least = answer
      result = ChosenSites(chosen, at: other, variant: equal)
    }
    return result
  }

  /// The same choice behind a call between it and the marker: a call need not return.
  private func behindCall(_ chosen: ChosenSites, _ graph: FlowGraph) -> ChosenSites? {
    guard chosen.kind == .previousStatement || chosen.kind == .earlierStatement else { return nil }
    let behind = calls.first { call in
      call.kind == .earlierCall && call.line >= chosen.line
        && graph.balance(chosen.candidates.addresses, call.variants[0].addresses) == .equal
    }
    return behind.map { ChosenSites(chosen, at: $0) }
  }

  /// The reading of an argument that most others confirm.
  private func best(of index: Int, _ graph: FlowGraph) -> ChosenSites {
    let own = evidence[index]
    var best: ChosenSites?
    for (number, variant) in own.variants.enumerated() {
      let others = evidence.indices.filter { $0 != index }
      let against = others.filter { !agrees(variant.addresses, evidence[$0], graph) }
      let chosen = ChosenSites(
        kind: own.kind, line: own.line, candidates: variant, variant: number,
        agreeing: others.filter { !against.contains($0) }.map { evidence[$0].kind },
        confirmations: confirmations.count { $0.confirms(variant.addresses, in: graph) },
        elsewhere: others.count { agreesElsewhere(variant.addresses, evidence[$0], graph) },
        contradictions: against.map { evidence[$0].kind })
      if let best, best.agreements >= chosen.agreements { continue }
      best = chosen
    }
    return best
      ?? ChosenSites(
        kind: own.kind, line: own.line, candidates: [], variant: 0, agreeing: [], confirmations: 0,
        elsewhere: 0,
        contradictions: [])
  }

  private func agrees(_ addresses: Set<UInt64>, _ other: Evidence, _ graph: FlowGraph) -> Bool {
    other.variants.contains { graph.balance(addresses, $0.addresses) == .equal }
  }

  private func agreesElsewhere(_ addresses: Set<UInt64>, _ other: Evidence, _ graph: FlowGraph) -> Bool {
    other.variants.contains {
      $0.addresses != addresses && graph.balance(addresses, $0.addresses) == .equal
    }
  }

  private func nothing() -> (SiteChoice, [SiteDoubt]) {
    guard let block = placement?.block, let extent = block.extent else { return (.lost, []) }
    let isLeft = extent.lines.contains { !rows.frontier(line: $0, column: nil).isEmpty }
    if isLeft { return (.lost, [.lostCopy]) }
    // Of code without frontiers, what is merged with other code loses its rows: that none is left shows nothing.
    return (.dead, rows.file.unit.producer == .gcc && isDecided(block) ? [] : [.lostCopy])
  }

  /// Whether nothing in this body decides at run time about entering the block: its condition became a constant.
  private func isDecided(_ block: Block) -> Bool {
    guard let owner = block.owner, let graph else { return false }
    if block.role == .compound { return isDecided(owner.block) }
    guard let head = owner.head else { return false }
    return !rows.decides(on: min(owner.extent.start.line, head.start.line)...head.end.line, graph)
  }
}
