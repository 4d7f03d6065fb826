import CSource
import Elfutils

/// What was chosen for a marker in one body of its function.
enum SiteChoice {
  case sites(ChosenSites)
  /// Nothing of the marker's block is left in this body: it is never reached here.
  case dead
  /// Code of the block is left, but nothing that stands for the marker.
  case lost
  /// The function was split, and the marker is in its other bodies.
  case elsewhere
}

/// A reading of one argument, and how the other arguments took it.
struct ChosenSites {
  let kind: Evidence.Kind
  let line: Int
  let candidates: [SiteCandidate]
  /// The index of the reading among the argument's own.
  let variant: Int
  /// The other arguments that have a reading which the graph shows to be passed equally often.
  let agreeing: [Evidence.Kind]
  /// How many equations of the source's flow hold for the addresses.
  let confirmations: Int
  /// How many of the agreeing arguments give other addresses: rows at one address may have been moved together.
  let elsewhere: Int
  /// The arguments that have none.
  let contradictions: [Evidence.Kind]

  /// How many arguments and equations speak for the addresses besides the one that gives them.
  var agreements: Int { agreeing.count + confirmations }
  /// How many of them could not have been moved together with it.
  var independent: Int { elsewhere + confirmations }
}

extension ChosenSites {
  /// The same choice at the addresses of another argument.
  init(_ chosen: ChosenSites, at other: Evidence) {
    self.init(
      kind: other.kind, line: other.line, candidates: other.variants[0], variant: 0,
      agreeing: chosen.agreeing,
      confirmations: chosen.confirmations, elsewhere: chosen.elsewhere, contradictions: chosen.contradictions)
  }
}

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
  /// The instruction traps once an iteration and no neighbour can stand for it.
  case repeats
  /// The marker is in a branch, the place is passed whichever way control takes.
  case unconditional
  /// The place is in a loop of the machine code, the marker in none of the source.
  case looped
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
    case .repeats: "the instruction repeats itself"
    case .unconditional: "the place is passed whichever way the branch around the marker is taken"
    case .looped: "the place is in a loop that the source does not have"
    case .lostCopy: "code of the block is here, but no place for the marker"
    }
  }
}

/// Chooses among the evidence in one body of code.
struct SiteChooser {
  let evidence: [Evidence]
  let calls: [Evidence]
  let confirmations: [Confirmation]
  let graph: FlowGraph?
  let rows: StatementRows
  let placement: Placement?
  let begun: BegunStatements?

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
    return (.sites(behindCall(chosen, graph) ?? chosen), doubts(chosen, graph))
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

  private func doubts(_ chosen: ChosenSites, _ graph: FlowGraph) -> [SiteDoubt] {
    var result: [SiteDoubt] = isOutvoted(chosen) ? [] : chosen.contradictions.map { .contradicted($0) }
    if isUnconfirmed(chosen) { result.append(placement == nil ? .noSource : .unconfirmed) }
    if graph.hasUnknownJumps, evidence.count > 1, chosen.agreements == 0 { result.append(.unknownJumps) }
    if chosen.candidates.contains(where: { rows.isVectorised($0.address) }) { result.append(.vectorised) }
    if isUnconditional(chosen, graph) { result.append(.unconditional) }
    if isLooped(chosen, graph) { result.append(.looped) }
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
    if chosen.agreements == 0 { return evidence.count == 1 }
    let isCopied = chosen.candidates.addresses.count > 1
    switch rows.file.unit.producer {
    case .gcc: return chosen.independent == 0 && isCopied
    // Rows that follow instructions do not tell copies of a statement from its pieces.
    case .clang, .other: return chosen.independent == 0 || (isCopied && chosen.confirmations == 0)
    }
  }

  /// Whether control can pass the place again without leaving the body, and the source has no such way.
  private func isLooped(_ chosen: ChosenSites, _ graph: FlowGraph) -> Bool {
    guard let placement, !placement.mayRepeat, chosen.confirmations == 0 else { return false }
    // The entry of an inlined body may be moved together with the row: it alone shows nothing.
    guard chosen.agreeing.allSatisfy({ $0 == .functionEntry }) else { return false }
    return chosen.candidates.contains { graph.isInCycle($0.address, within: rows.ranges) }
  }

  /// Whether the place is passed as often as the branch that the marker is in begins: the code of its ways was merged,
  /// or moved in front of it.
  private func isUnconditional(_ chosen: ChosenSites, _ graph: FlowGraph) -> Bool {
    guard let owner = placement?.block.branch else { return false }
    let begins = rows.begins(of: owner, flow: StatementFlow(macros: rows.file.macros))
    return begins.contains { graph.balance(chosen.candidates.addresses, $0.addresses) == .equal }
  }

  /// Where control comes from that the source does not allow.
  private func strangers(_ chosen: ChosenSites) -> Set<BegunStatements.Place> {
    guard let begun, let placement, chosen.kind != .functionEntry else { return [] }
    var allowed = SourcePredecessors(arrivingAt: chosen.line, in: placement.block)
    if chosen.kind == .laterCall || chosen.kind == .earlierCall {
      allowed.allowStatement(on: chosen.line, in: placement.block)
    }
    return chosen.candidates.reduce(into: []) { result, candidate in
      let places = begun.before(candidate.momentAddress, view: candidate.view)
      result.formUnion(places.filter { !allowed.allows($0) })
    }
  }

  private func nothing() -> (SiteChoice, [SiteDoubt]) {
    guard let block = placement?.block, let extent = block.extent else { return (.lost, []) }
    let isLeft = extent.lines.contains { !rows.frontier(line: $0, column: nil).isEmpty }
    if isLeft { return (.lost, [.lostCopy]) }
    return (.dead, isDecided(block) ? [] : [.lostCopy])
  }

  /// Whether nothing in this body decides at run time about entering the block: its condition became a constant.
  private func isDecided(_ block: Block) -> Bool {
    guard let owner = block.owner, let graph else { return false }
    if block.role == .compound { return isDecided(owner.block) }
    guard let head = owner.head else { return false }
    return !rows.decides(on: min(owner.extent.start.line, head.start.line)...head.end.line, graph)
  }
}
