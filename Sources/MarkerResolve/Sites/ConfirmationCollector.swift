import CSource
import Elfutils

/// Collects the equations that the source's control flow gives for a marker, in one body of code.
struct ConfirmationCollector {
  let rows: StatementRows
  let placement: Placement
  let beginsFunction: Bool

  private var flow: StatementFlow { StatementFlow(macros: rows.file.macros) }
  private static let most = 4

  func collect() -> [Confirmation] { behind() + before() }

  // MARK: behind the marker

  /// What control that passes the marker passes behind it: the next statement that jumps out somewhere is passed
  /// as often as its jumps and the statement behind it together.
  private func behind() -> [Confirmation] {
    var result: [Confirmation?] = []
    var left: [Confirmation.Term?] = []
    var current = placement.next
    while let statement = current, !statement.isLabel, result.count < Self.most {
      result += outcomes(of: statement).map { Confirmation(left + $0) }
      guard !statement.neverCompletes, let exits = flow.exits(of: statement) else { break }
      left += exits.map { added($0) }
      current = ordinary(behind: statement)
      if !exits.isEmpty, let next = current, !next.isLabel {
        result.append(Confirmation(left + [added(next)]))
      }
    }
    return result.compactMap { $0 }
  }

  /// The ways that control takes from a branch: into one of two blocks, or into a block that never comes out at its
  /// end and else to the statement behind.
  private func outcomes(of statement: Statement) -> [[Confirmation.Term?]] {
    if statement.neverCompletes, let exits = flow.exits(of: statement), exits != [statement] {
      return [exits.map { added($0) }] + branches(of: statement)
    }
    return branches(of: statement)
  }

  private func branches(of statement: Statement) -> [[Confirmation.Term?]] {
    guard statement.kind == .if, let first = statement.bodies.first(where: { $0.role == .thenBranch }) else {
      return []
    }
    if let second = statement.bodies.first(where: { $0.role == .elseBranch }) {
      return [[added(first), added(second)]]
    }
    guard first.neverCompletes, let next = ordinary(behind: statement), !next.isLabel else { return [] }
    return [[added(first), added(next)]]
  }

  // MARK: before the marker

  /// What control passes before it comes to the marker: a statement above less the jumps out of it, and what leads
  /// into the block.
  private func before() -> [Confirmation] {
    var result: [Confirmation?] = []
    var left: [Confirmation.Term?] = []
    var current = placement.previous
    while let statement = current {
      guard !statement.neverCompletes, let exits = flow.exits(of: statement) else {
        return result.compactMap { $0 }
      }
      left += exits.map { subtracted($0) }
      if !left.isEmpty, !statement.isCodeless, result.count < Self.most {
        result.append(Confirmation([added(statement)] + left))
      }
      current = statement.previousOrdinary
    }
    // The entry alone is an argument of its own already.
    if placement.block.role == .function, left.isEmpty { return result.compactMap { $0 } }
    result += entrances(of: placement.block).map { Confirmation($0 + left) }
    return result.compactMap { $0 }
  }

  /// How often control enters a block.
  private func entrances(of block: Block) -> [[Confirmation.Term?]] {
    guard let owner = block.owner else {
      let entry = beginsFunction ? rows.instance.die.entryPC : nil
      return [[entry.map { .init(isAdded: true, variants: [[$0]]) }]]
    }
    switch block.role {
    case .thenBranch, .elseBranch: return [[added(owner)] + [complement(of: block, in: owner)]]
    case .forBody:
      guard let exits = flow.exitsOfLoop(block) else { return [] }
      return [[step(of: owner)] + exits.map { added($0) }]
    case .function, .whileBody, .doBody, .switchBody, .compound, .macroLoopBody, .macroBlockBody,
      .statementExpression:
      return []
    }
  }

  /// The other way that control takes from a branch.
  private func complement(of block: Block, in owner: Statement) -> Confirmation.Term? {
    if let other = owner.bodies.first(where: { $0 != block && $0.role != .statementExpression }) {
      return subtracted(other)
    }
    guard block.neverCompletes, let next = ordinary(behind: owner), !next.isLabel else { return nil }
    return subtracted(next)
  }

  private func step(of loop: Statement) -> Confirmation.Term? {
    guard let step = loop.forHead?.step else { return nil }
    let found = rows.frontier(line: step.start.line, column: step.start.column)
    return term(true, rows.variants(found, mayLead: false))
  }

  // MARK: terms

  private func added(_ statement: Statement) -> Confirmation.Term? { term(true, begins(of: statement)) }
  private func subtracted(_ statement: Statement) -> Confirmation.Term? { term(false, begins(of: statement)) }
  private func added(_ block: Block) -> Confirmation.Term? { first(of: block).flatMap { added($0) } }
  private func subtracted(_ block: Block) -> Confirmation.Term? {
    first(of: block).flatMap { subtracted($0) }
  }

  private func term(_ isAdded: Bool, _ variants: [[SiteCandidate]]) -> Confirmation.Term? {
    let sets = variants.map(\.addresses).filter { !$0.isEmpty }
    return sets.isEmpty ? nil : .init(isAdded: isAdded, variants: sets)
  }

  private func begins(of statement: Statement) -> [[SiteCandidate]] {
    rows.begins(of: statement, flow: flow)
  }

  /// The first statement of a block that has code; nil when a label stands before it.
  private func first(of block: Block) -> Statement? {
    let first = block.statements.first { !$0.isCodeless }
    return first.flatMap { $0.isLabel ? nil : $0 }
  }

  private func ordinary(behind statement: Statement) -> Statement? {
    var current = statement.nextOrdinary
    while let next = current, next.isCodeless { current = next.nextOrdinary }
    return current
  }
}
