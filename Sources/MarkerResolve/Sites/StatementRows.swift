import CSource
import Elfutils

/// Finds where a statement begins in one body of code.
struct StatementRows {
  let file: MarkedFile
  let instance: FunctionInstance
  let ranges: [AddressRange]
  /// The ranges of other bodies of the same function inside this one (recursive inlining).
  let nested: [AddressRange]
  let graph: FlowGraph?

  /// The addresses at which the statement begins, one for each machine copy of it.
  func begins(of statement: Statement) -> [SiteCandidate] {
    switch file.unit.producer {
    case .gcc: frontier(line: statement.extent.start.line, column: statement.extent.start.column)
    case .clang, .other: runs(of: statement)
    }
  }

  /// The is_stmt rows of a line (and column), one for each address. GCC writes one for each copy of a statement
  /// that begins there.
  func frontier(line: Int, column: Int?) -> [SiteCandidate] {
    var result: [SiteCandidate] = []
    for index in file.rows(onLine: line) {
      let row = file.unit.lines.rows[index]
      guard row.isStmt, column == nil || row.column == 0 || Int(row.column) == column, holds(row) else { continue }
      if result.last?.address != row.address {
        result.append(SiteCandidate(address: row.address, view: UInt64(row.view)))
      }
    }
    return result
  }

  /// Rows that follow the instructions' own locations: every run of rows within what the statement evaluates
  /// first, less the runs that only continue one.
  private func runs(of statement: Statement) -> [SiteCandidate] {
    let extent = statement.firstEvaluated
    var indexes: [Int] = []
    for line in extent.lines { indexes += file.rows(onLine: line) }
    indexes.sort()
    let rows = file.unit.lines.rows
    var starts: [SiteCandidate] = []
    var previous = -2
    for index in indexes where holds(rows[index]) && extent.holds(line: rows[index].line, column: rows[index].column) {
      if index != previous + 1, starts.last?.address != rows[index].address {
        starts.append(SiteCandidate(address: rows[index].address, view: UInt64(rows[index].view)))
      }
      previous = index
    }
    guard let graph else { return starts }
    let leading = graph.leading(Set(starts.map(\.address)))
    return starts.filter { leading.contains($0.address) }
  }

  /// Whether a row belongs to this body: within its ranges, or at their end without code of its own.
  private func holds(_ row: LineRow) -> Bool {
    if nested.contains(where: { $0.contains(row.address) }) { return false }
    return ranges.contains { $0.contains(row.address) }
  }
}

extension Statement {
  /// What runs first when control reaches the statement: of a loop or branch the head, not the bodies.
  fileprivate var firstEvaluated: SourceExtent {
    switch kind {
    case .for: forHead?.initialization ?? forHead?.condition ?? head ?? extent
    case .if, .while, .switch, .macroLoop: head ?? extent
    case .doWhile: bodies.first?.statements.first { !$0.isCodeless }?.firstEvaluated ?? extent
    case .compound: firstRun.map { $0 == self ? extent : $0.firstEvaluated } ?? extent
    case .expression, .declaration, .caseLabel, .defaultLabel, .label, .return, .break, .continue, .goto, .empty,
      .macro, .marker:
      extent
    }
  }
}

extension SourceExtent {
  fileprivate func holds(line: Int32, column: Int32) -> Bool {
    let line = Int(line)
    guard line >= start.line, line <= end.line else { return false }
    if column == 0 { return true }
    let column = Int(column)
    return (line > start.line || column >= start.column) && (line < end.line || column <= end.column)
  }
}
