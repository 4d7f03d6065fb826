import CSource
import Elfutils

/// Collects what says where a marker's executions pass, in one body of code.
struct EvidenceCollector {
  let rows: StatementRows
  let line: Int
  let placement: Placement?

  func collect() -> [Evidence] {
    var result: [Evidence] = []
    func add(_ kind: Evidence.Kind, _ line: Int, _ candidates: [SiteCandidate]) {
      if !candidates.isEmpty { result.append(Evidence(kind: kind, line: line, candidates: candidates)) }
    }
    guard let placement else {
      add(.ownRow, line, withoutSource())
      return result
    }
    if let marker = placement.marker {
      add(.ownRow, line, rows.frontier(line: marker.extent.start.line, column: nil))
    }
    addFollowing(placement, add)
    addPreceding(placement, add)
    return result
  }

  /// The begin rows of the statements behind, as long as control passes straight to them.
  private func addFollowing(_ placement: Placement, _ add: (Evidence.Kind, Int, [SiteCandidate]) -> Void) {
    var kind = Evidence.Kind.nextStatement
    var current = placement.next
    var count = 0
    while let statement = current, count < 3, !statement.isLabel {
      if !statement.isCodeless {
        let run = statement.firstRun ?? statement
        add(kind, run.extent.start.line, rows.begins(of: run))
        kind = .laterStatement
        count += 1
      }
      guard statement.isStraight else { break }
      current = statement.nextOrdinary
    }
  }

  /// The begin rows of the statements before, as long as control passes straight from them.
  private func addPreceding(_ placement: Placement, _ add: (Evidence.Kind, Int, [SiteCandidate]) -> Void) {
    var kind = Evidence.Kind.previousStatement
    var current = placement.previous
    var count = 0
    while let statement = current {
      guard count < 3, statement.isStraight else { return }
      if !statement.isCodeless {
        let run = statement.firstRun ?? statement
        add(kind, run.extent.start.line, rows.begins(of: run))
        kind = .earlierStatement
        count += 1
      }
      current = statement.previousOrdinary
    }
    if placement.block.role == .function, let entry = rows.instance.die.entryPC {
      add(.functionEntry, line, [SiteCandidate(address: entry, view: 0)])
    }
  }

  /// DWARF alone: the line's own rows, of its leftmost statement.
  private func withoutSource() -> [SiteCandidate] {
    let all = rows.frontier(line: line, column: nil)
    let columns = rows.columns(line: line)
    guard columns.count > 1, let first = columns.min() else { return all }
    return rows.frontier(line: line, column: first)
  }
}

extension StatementRows {
  /// The columns of a line's is_stmt rows, unknown ones left out.
  func columns(line: Int) -> Set<Int> {
    let rows = file.unit.lines.rows
    return Set(file.rows(onLine: line).filter { rows[$0].isStmt && rows[$0].column > 0 }.map { Int(rows[$0].column) })
  }
}
