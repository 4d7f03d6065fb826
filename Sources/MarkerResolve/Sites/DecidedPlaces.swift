import CSource
import Elfutils
import InstructionDecoder

/// The places that control comes to from the decisions of one statement and from nothing else: the begins of its
/// branches, and what is behind a branch that does not come to its end. A marker is passed as often as such a place
/// when control goes straight from there to it, whatever became of the rows between.
struct DecidedPlaces {
  let rows: StatementRows
  let graph: FlowGraph
  let effects: StatementEffects
  let flow: StatementFlow

  /// The addresses, one for each way out of the decisions that lead to the marker; empty when there are none.
  func addresses(for placement: Placement) -> [UInt64] {
    guard let head = head(before: placement.previous, in: placement.block) else { return [] }
    let found = effects.decisions(of: head)
    let decisions = Set(found.compactMap { graph.instruction(at: $0.address) })
    let first = Set(graph.leading(Set(found.map(\.address))).compactMap { graph.instruction(at: $0) })
    let ways = Set(decisions.flatMap { graph.blocks[graph.block(ofInstruction: $0)].successors })
    return ways.sorted().filter { $0 != graph.entry && isWay($0, decisions, first: first, head) }.map {
      graph.instructions[graph.blocks[$0].instructions.lowerBound].address
    }
  }

  /// Whether control comes to a block from the decisions alone, from all copies of those that it comes from, and with
  /// the whole head decided.
  private func isWay(_ block: Int, _ decisions: Set<Int>, first: Set<Int>, _ head: Statement) -> Bool {
    let ends = Set(graph.blocks[block].predecessors.map { graph.blocks[$0].instructions.upperBound - 1 })
    guard ends.isSubset(of: decisions) else { return false }
    // The comparisons that one switch became have one place in the source, and each value has its own way.
    if head.kind == .switch { return true }
    let places = Set(ends.map(place))
    if decisions.subtracting(ends).contains(where: { places.contains(place($0)) }) { return false }
    let closed = Set(ends.union(first).map(graph.block(ofInstruction:)))
    let rest = Set(decisions.subtracting(ends).subtracting(first).map(graph.block(ofInstruction:)))
    return rest.isEmpty
      || graph.reached(from: [block], avoiding: closed) { graph.blocks[$0].successors }.isDisjoint(with: rest)
  }

  /// The line and column that a jump belongs to.
  private func place(_ index: Int) -> [Int32] {
    rows.file.unit.lines.row(covering: graph.instructions[index].address).map { [$0.line, $0.column] } ?? []
  }

  /// The statement whose decision lets control come to what stands behind another statement of a block.
  private func head(before last: Statement?, in block: Block) -> Statement? {
    var current = last
    while let statement = current {
      if statement.isLabel { return labelled(by: statement, in: block) }
      if statement.kind == .if, flow.exits(of: statement)?.isEmpty == false {
        return statement.bodies.contains(where: \.neverCompletes) ? statement : nil
      }
      guard flow.isStraight(statement) else { return nil }
      current = statement.previousOrdinary
    }
    guard let owner = block.owner else { return nil }
    switch block.role {
    case .thenBranch, .elseBranch, .whileBody, .forBody: return owner
    case .compound: return head(before: owner.previousOrdinary, in: owner.block)
    case .doBody, .switchBody, .function, .macroLoopBody, .macroBlockBody, .statementExpression: return nil
    }
  }

  /// The switch that jumps to a label of one value, when control does not fall into it.
  private func labelled(by label: Statement, in block: Block) -> Statement? {
    guard label.kind == .caseLabel, block.role == .switchBody,
      rows.file.source?.text(label.extent).contains("...") == false
    else { return nil }
    if let above = label.previousOrdinary, above.isLabel || !above.neverCompletes { return nil }
    return block.owner
  }
}
