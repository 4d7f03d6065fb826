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

  /// The addresses at which the statement, or the first one in it that runs, begins, one for each machine copy of it:
  /// the readings of the rows, the plainest first.
  func begins(of compound: Statement, flow: StatementFlow) -> [[SiteCandidate]] {
    let statement = compound.firstRun ?? compound
    let start = statement.extent.start
    switch file.unit.producer {
    case .gcc:
      var rows = frontier(line: start.line, column: start.column)
      if flow.hidesStatements(statement) { rows = merged(line: start.line, column: start.column) }
      return variants(rows, mayLead: flow.hidesStatements(statement))
    case .clang, .other:
      return variants(runs(of: statement), mayLead: true)
    }
  }

  /// The readings of a set of rows. Several rows may be copies of a statement or the pieces of one; a row where
  /// others jump to may belong to the code before the label; a loop's row may belong to the way into the loop.
  func variants(_ rows: [SiteCandidate], mayLead: Bool) -> [[SiteCandidate]] {
    guard let graph, !rows.isEmpty else { return [rows] }
    var result = [rows]
    let leading = graph.leading(rows.addresses)
    if mayLead { result.insert(rows.filter { leading.contains($0.address) }, at: 0) }
    for base in result {
      result.append(
        base.map { row in graph.beforeLabel(row.address).map { SiteCandidate(row, movedTo: $0) } ?? row })
      result.append(
        base.flatMap { row in
          graph.loopEntrances(row.address)?.map { SiteCandidate(row, movedTo: $0) } ?? [row]
        })
    }
    var seen: Set<Set<UInt64>> = []
    return result.filter { seen.insert($0.addresses).inserted }
  }

  /// The rows of a line and column, less those that follow another one without a row of another statement between:
  /// the statements of one macro.
  private func merged(line: Int, column: Int) -> [SiteCandidate] {
    let rows = file.unit.lines.rows
    var result: [SiteCandidate] = []
    var last: Int?
    for index in file.rows(onLine: line) {
      let row = rows[index]
      guard row.isStmt, row.column == 0 || Int(row.column) == column, holds(row) else { continue }
      defer { last = index }
      if let last, !isInterrupted(last, index) { continue }
      if result.last?.address != row.address {
        result.append(SiteCandidate(address: row.address, view: UInt64(row.view)))
      }
    }
    return result
  }

  private func isInterrupted(_ first: Int, _ second: Int) -> Bool {
    let rows = file.unit.lines.rows
    return rows[first..<second].contains { row in
      row.isStmt && file.numbers.contains(row.file)
        && (row.line != rows[first].line || row.column != rows[first].column)
    }
  }

  /// The is_stmt rows of a line (and column), one for each address. GCC writes one for each copy of a statement
  /// that begins there.
  func frontier(line: Int, column: Int?) -> [SiteCandidate] {
    var result: [SiteCandidate] = []
    for index in file.rows(onLine: line) {
      let row = file.unit.lines.rows[index]
      guard row.isStmt, column == nil || row.column == 0 || Int(row.column) == column, holds(row) else {
        continue
      }
      if result.last?.address != row.address {
        result.append(SiteCandidate(address: row.address, view: UInt64(row.view)))
      }
    }
    return result
  }

  /// Rows that follow the instructions' own locations: every run of rows within what the statement evaluates
  /// first, less the runs that only continue one.
  func runs(of statement: Statement) -> [SiteCandidate] {
    let extent = statement.firstEvaluated
    var indexes: [Int] = []
    for line in extent.lines { indexes += file.rows(onLine: line) }
    indexes.sort()
    let rows = file.unit.lines.rows
    var starts: [SiteCandidate] = []
    var previous = -1
    for index in indexes
    where holds(rows[index]) && extent.holds(line: rows[index].line, column: rows[index].column) {
      if !continues(previous, index), starts.last?.address != rows[index].address {
        starts.append(SiteCandidate(address: rows[index].address, view: UInt64(rows[index].view)))
      }
      previous = index
    }
    return starts
  }

  /// Whether no other statement stands between two rows: what has no line was made by the compiler for either, unless
  /// control comes in there.
  private func continues(_ previous: Int, _ index: Int) -> Bool {
    guard previous >= 0 else { return false }
    let rows = file.unit.lines.rows
    if index == previous + 1 { return true }
    guard let graph, let block = graph.block(at: rows[previous].address) else { return false }
    return graph.block(at: rows[index].address) == block
      && rows[(previous + 1)..<index].allSatisfy { $0.line == 0 }
  }

  /// Whether a row belongs to this body: within its ranges, or at their end without code of its own.
  func holds(_ row: LineRow) -> Bool {
    if nested.contains(where: { $0.contains(row.address) }) { return false }
    return ranges.contains { $0.contains(row.address) }
  }
}

extension Statement {
  /// What runs first when control reaches the statement: of a loop or branch the head, not the bodies.
  fileprivate var firstEvaluated: SourceExtent {
    switch kind {
    case .for: forHead?.initialization ?? forHead?.condition ?? head ?? extent
    case .if, .while, .switch, .macroLoop, .macroBlock: head ?? extent
    case .doWhile: bodies.first?.statements.first { !$0.isCodeless }?.firstEvaluated ?? extent
    case .compound: firstRun.map { $0 == self ? extent : $0.firstEvaluated } ?? extent
    case .expression, .declaration, .caseLabel, .defaultLabel, .label, .return, .break, .continue, .goto,
      .empty,
      .macro, .marker:
      extent
    }
  }
}

extension SourceExtent {
  /// Whether a row of the line and column is within the extent; a column of 0 is any.
  func holds(line: Int32, column: Int32) -> Bool {
    let line = Int(line)
    guard line >= start.line, line <= end.line else { return false }
    if column == 0 { return true }
    let column = Int(column)
    return (line > start.line || column >= start.column) && (line < end.line || column <= end.column)
  }
}
