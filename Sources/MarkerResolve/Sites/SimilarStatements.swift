import CSource

/// The statements of a function that compile to like code: compilers merge these (cross-jumping, tail merging,
/// gcc/tree-ssa-tail-merge.cc) and keep the rows of one.
struct SimilarStatements {
  let rows: StatementRows
  let flow: StatementFlow

  /// Whether the statement before or behind the marker has its like elsewhere in the function, and that has no row left
  /// in the body: its code may be what the marker's neighbour stands for, too.
  func areLost(around placement: Placement) -> Bool {
    let all = Self.statements(of: placement.function.body).filter { !$0.isCodeless && $0.kind != .compound }
    return neighbours(of: placement).contains { neighbour in
      all.contains { $0 != neighbour && isLike(neighbour, $0) && isLost($0) }
    }
  }

  /// The nearest statements with code on both sides; a jump is none that could be told from another.
  private func neighbours(of placement: Placement) -> [Statement] {
    let before = nearest(placement.previous, \.previousOrdinary)
    let behind = nearest(placement.next, \.nextOrdinary).flatMap(\.firstRun)
    return [before, behind].compactMap { $0 }.filter { ![.break, .continue, .goto].contains($0.kind) }
  }

  private func nearest(_ first: Statement?, _ next: KeyPath<Statement, Statement?>) -> Statement? {
    var current = first
    while let statement = current, statement.isCodeless { current = statement[keyPath: next] }
    return current
  }

  private func isLost(_ statement: Statement) -> Bool {
    rows.begins(of: statement, flow: flow).first?.isEmpty ?? true
  }

  /// Whether two statements call the same, or are of one kind and use the same names.
  private func isLike(_ left: Statement, _ right: Statement) -> Bool {
    if left.kind == right.kind, left.identifiers == right.identifiers { return true }
    return !Set(left.certainCalls.map(\.name)).isDisjoint(with: right.certainCalls.map(\.name))
  }

  private static func statements(of block: Block) -> [Statement] {
    block.statements.flatMap { [$0] + $0.bodies.flatMap(statements) }
  }
}
