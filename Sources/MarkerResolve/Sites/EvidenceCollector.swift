import CSource
import Elfutils

/// Collects what says where a marker's executions pass, in one body of code.
struct EvidenceCollector {
  let rows: StatementRows
  let line: Int
  let placement: Placement?
  /// Whether the body begins where its function does; the split part of a function begins elsewhere.
  let beginsFunction: Bool
  let calls: CallPlaces
  /// Where an inlined body was called; nil when that is not known.
  let calling: CallingStatement?

  private var flow: StatementFlow { StatementFlow(macros: rows.file.macros) }

  func collect() -> [Evidence] {
    guard let placement else {
      return [Evidence(kind: .ownRow, line: line, variants: rows.variants(withoutSource(), mayLead: false))]
        .compactMap { $0 }
    }
    var result: [Evidence?] = []
    if let marker = placement.marker {
      let line = marker.extent.start.line
      let own = rows.frontier(line: line, column: nil)
      result.append(Evidence(kind: .ownRow, line: line, variants: rows.variants(own, mayLead: false)))
    }
    result += following(placement) + preceding(placement)
    return result.compactMap { $0 }.sorted { $0.kind < $1.kind }
  }

  private func begin(_ kind: Evidence.Kind, _ statement: Statement) -> Evidence? {
    let line = (statement.firstRun ?? statement).extent.start.line
    return Evidence(kind: kind, line: line, variants: rows.begins(of: statement, flow: flow))
  }

  /// The begin rows of the statements behind, as long as control passes straight to them.
  private func following(_ placement: Placement) -> [Evidence?] {
    var result: [Evidence?] = []
    var current = placement.next
    while let statement = current, result.count < 4, !statement.isLabel {
      if !statement.isCodeless {
        result.append(begin(result.isEmpty ? .nextStatement : .laterStatement, statement))
      }
      guard flow.isStraight(statement) else { break }
      current = statement.nextOrdinary
    }
    return result
  }

  /// The begin rows of the statements before, as long as control passes straight from them.
  private func preceding(_ placement: Placement) -> [Evidence?] {
    var result: [Evidence?] = []
    var current = placement.previous
    while let statement = current {
      guard flow.isStraight(statement) else { return result }
      if !statement.isCodeless, result.count < 4 {
        result.append(begin(result.isEmpty ? .previousStatement : .earlierStatement, statement))
      }
      current = statement.previousOrdinary
    }
    if beginsFunction, placement.block.role == .function, let entry = rows.instance.die.entryPC {
      result.append(
        Evidence(kind: .functionEntry, line: line, variants: [[SiteCandidate(address: entry, view: 0)]]))
      result += calling?.evidence ?? []
    }
    return result
  }

  /// The calls before and behind the marker that are made as often as it is passed.
  ///
  /// - Parameter includingMacros: also what macros call: it can confirm, but a macro may make several calls or none.
  func callEvidence(includingMacros: Bool) -> [Evidence] {
    guard let placement else { return [] }
    let behind = flow.straight(from: placement.next, next: \.nextOrdinary, endsBehindJump: true)
    let before = flow.straight(from: placement.previous, next: \.previousOrdinary, endsBehindJump: false)
    return behind.flatMap { evidence(.laterCall, $0, includingMacros) }
      + before.flatMap { evidence(.earlierCall, $0, includingMacros) }
  }

  /// The instructions of the statements around the marker, for statements that have no rows of their own left.
  func instructionEvidence() -> [Evidence] {
    guard let placement else { return [] }
    let behind = flow.straight(from: placement.next, next: \.nextOrdinary, endsBehindJump: true)
    let before = flow.straight(from: placement.previous, next: \.previousOrdinary, endsBehindJump: false)
    return behind.compactMap { instructions(.laterInstructions, $0) }
      + before.compactMap { instructions(.earlierInstructions, $0) }
  }

  private func instructions(_ kind: Evidence.Kind, _ statement: Statement) -> Evidence? {
    guard !statement.isCodeless else { return nil }
    return Evidence(
      kind: kind, line: statement.extent.start.line,
      variants: rows.variants(rows.runs(of: statement.firstRun ?? statement), mayLead: true))
  }

  private func evidence(_ kind: Evidence.Kind, _ statement: Statement, _ includingMacros: Bool) -> [Evidence]
  {
    statement.certainCalls.filter { includingMacros || !rows.file.macros.isMacro($0.name) }.compactMap {
      call in
      let places = kind == .earlierCall ? behind(call) : (kind, calls.addresses(of: call).sorted())
      return Evidence(
        kind: places.0, line: statement.extent.start.line,
        variants: [places.1.map { SiteCandidate(address: $0, view: 0) }])
    }
  }

  /// Where a call before the marker returns to: behind one that does not return the marker is never passed.
  private func behind(_ call: WrittenCall) -> (Evidence.Kind, [UInt64]) {
    if let exits = calls.exits(of: call) { return (.earlierCall, exits.sorted()) }
    let found = calls.addresses(of: call).sorted()
    let returns = found.map(calls.behind)
    return (zip(found, returns).contains { $0 == $1 } ? .earlierInlinedCall : .earlierCall, returns)
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
    return Set(
      file.rows(onLine: line).filter { rows[$0].isStmt && rows[$0].column > 0 }.map { Int(rows[$0].column) })
  }
}
