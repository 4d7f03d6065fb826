import CSource
import Elfutils

/// What was chosen for a marker in one body of its function.
enum SiteChoice {
  case sites(Evidence)
  /// Nothing of the marker's block is left in this body: it is never reached here.
  case dead
  /// Code of the block is left, but nothing that stands for the marker.
  case lost
}

/// A reason not to rely on a choice.
enum SiteDoubt: Hashable {
  /// Only one argument speaks for the addresses and none confirms it.
  case unconfirmed
  /// Another argument speaks for other addresses: what and on which line.
  case contradicted(Evidence.Kind, line: Int)
  /// The function has jumps that cannot be followed.
  case unknownJumps
  /// The function's code cannot be decoded.
  case noGraph
  /// The source is not at hand, so the statement's extent is not known.
  case noSource
  /// The marker is the last in its block.
  case lastInBlock
  /// Code of the marker's block exists in a body of the function where the marker has no place.
  case lostCopy
}

/// Chooses among the evidence in one body of code.
struct SiteChooser {
  let evidence: [Evidence]
  let graph: FlowGraph?
  let producer: Producer
  let rows: StatementRows
  let placement: Placement?

  func choose() -> (SiteChoice, [SiteDoubt]) {
    guard let primary = evidence.first else { return nothing() }
    guard let graph else { return (.sites(primary), [.noGraph]) }
    let agreements = evidence.map { candidate in
      evidence.filter { $0.kind != candidate.kind && graph.balance(candidate.addresses, $0.addresses) == .equal }.count
    }
    let best = zip(evidence, agreements).first { $0.1 > 0 }?.0 ?? primary
    var doubts: [SiteDoubt] = []
    for other in evidence where other.kind != best.kind {
      switch graph.balance(best.addresses, other.addresses) {
      case .equal: break
      case .unequal: doubts.append(.contradicted(other.kind, line: other.line))
      case .unknown: doubts.append(.unknownJumps)
      }
    }
    if evidence.count == 1 { doubts.append(placement == nil ? .noSource : .unconfirmed) }
    return (.sites(best), doubts)
  }

  private func nothing() -> (SiteChoice, [SiteDoubt]) {
    guard let block = placement?.block, let extent = block.extent else { return (.lost, []) }
    let isLeft = extent.lines.contains { !rows.frontier(line: $0, column: nil).isEmpty }
    return isLeft ? (.lost, [.lostCopy]) : (.dead, [])
  }
}
