import CSource

/// Whether control reaches what follows a marker without having passed the marker: a copy of the code that lost the
/// marker and the statement behind it, when the compiler decided that statement for one of the ways that lead to it
/// (jump threading, peeled and unswitched loops).
struct BypassedPlaces {
  let rows: StatementRows
  let begun: BegunStatements
  let graph: FlowGraph
  let flow: StatementFlow

  /// Whether control gets behind the marker without passing any of the addresses chosen for it.
  func exist(behind placement: Placement, without chosen: Set<UInt64>) -> Bool {
    hasStrangers(behind: placement, without: chosen) || isBegun(behind: placement, without: chosen)
  }

  // MARK: rows

  /// Whether control comes to a statement behind the marker's next one from where the source does not allow.
  private func hasStrangers(behind placement: Placement, without chosen: Set<UInt64>) -> Bool {
    followers(of: placement).contains { hasStrangers(at: $0, without: chosen) }
  }

  private func hasStrangers(at statement: Statement, without chosen: Set<UInt64>) -> Bool {
    let line = statement.extent.start.line
    let allowed = SourcePredecessors(arrivingAt: line, in: statement.block) { above in
      !above.isCodeless && above.kind != .compound && !begins(of: above).isEmpty
    }
    let others = begins(of: statement).filter { !chosen.contains($0.address) }
    return begun.before(others).contains { !allowed.allows($0) }
  }

  private func begins(of statement: Statement) -> [SiteCandidate] {
    statement.kind == .marker
      ? rows.frontier(line: statement.extent.start.line, column: nil)
      : rows.begins(of: statement, flow: flow).first ?? []
  }

  /// Statements that control comes to only when it has passed the marker and the statement behind it: the begins of
  /// that one's branches, and what stands behind it.
  private func followers(of placement: Placement) -> [Statement] {
    var next = placement.next
    while let statement = next, statement.isCodeless { next = statement.nextOrdinary }
    guard let next, !next.isLabel else { return [] }
    let branches = next.kind == .if ? next.bodies.filter { $0.role != .statementExpression } : []
    return branches.flatMap { run(from: $0.statements.first) }
      + (next.neverCompletes ? [] : run(behind: next))
  }

  /// What control comes to behind a statement: in its block, else behind the branch that it ends.
  private func run(behind statement: Statement) -> [Statement] {
    let found = run(from: statement.next)
    guard found.last?.isCodeless ?? true, let owner = statement.block.owner, !hasLabel(behind: statement)
    else {
      return found
    }
    switch statement.block.role {
    case .thenBranch, .elseBranch, .compound: return found + run(behind: owner)
    case .function, .forBody, .whileBody, .doBody, .switchBody, .macroLoopBody, .macroBlockBody,
      .statementExpression:
      return found
    }
  }

  private func hasLabel(behind statement: Statement) -> Bool {
    sequence(first: statement) { $0.next }.dropFirst().contains(where: \.isLabel)
  }

  /// A statement that has code, and the markers in front of it.
  private func run(from first: Statement?) -> [Statement] {
    var result: [Statement] = []
    var current = first
    while let statement = current, !statement.isLabel {
      if statement.kind == .marker || !statement.isCodeless { result.append(statement) }
      if !statement.isCodeless { break }
      current = statement.next
    }
    return result
  }

  // MARK: instructions

  /// Whether some way through the function runs instructions of the statements behind the marker, and none of the
  /// addresses.
  private func isBegun(behind placement: Placement, without chosen: Set<UInt64>) -> Bool {
    let lines = linesBehind(placement)
    guard !lines.isEmpty else { return false }
    return graph.blocks(avoiding: chosen).contains { block in
      graph.blocks[block].instructions.contains { index in
        guard let row = rows.file.unit.lines.row(covering: graph.instructions[index].address) else {
          return false
        }
        return rows.file.numbers.contains(row.file) && lines.contains(Int(row.line)) && rows.holds(row)
      }
    }
  }

  /// The lines of the statements behind the marker in its block, up to a label.
  private func linesBehind(_ placement: Placement) -> Set<Int> {
    var result: Set<Int> = []
    var current = placement.next
    while let statement = current, !statement.isLabel, statement.exits != nil {
      result.formUnion(statement.extent.lines)
      current = statement.next
    }
    return result
  }
}
