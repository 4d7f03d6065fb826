import CSource
import Elfutils
import InstructionDecoder

/// Where one body of code makes the calls of its source: a compiler may move, copy or merge a call, but never makes
/// one that the source does not make.
struct CallPlaces {
  let rows: StatementRows
  let body: Int

  /// The instructions that make a written call, one for each copy of it; where the called function was inlined, the
  /// entries of its body.
  func addresses(of call: WrittenCall) -> Set<UInt64> {
    guard let graph = rows.graph else { return [] }
    return outOfLine(call, graph).union(inlined(call))
  }

  /// The address behind a call, where it returns to; of an inlined one its entry.
  func behind(_ address: UInt64) -> UInt64 {
    guard let graph = rows.graph, let index = graph.instruction(at: address) else { return address }
    let instruction = graph.instructions[index]
    let isKnown = graph.instruction(at: instruction.endAddress) != nil
    return graph.isCall(instruction) && isKnown && instruction.flow.fallsThrough
      ? instruction.endAddress : address
  }

  /// Where control comes out of the inlined bodies that a call was replaced by; nil when it is not known.
  func exits(of call: WrittenCall) -> Set<UInt64>? {
    guard let graph = rows.graph, outOfLine(call, graph).isEmpty else { return nil }
    var result: Set<UInt64> = []
    for die in bodies(of: call) {
      guard let entry = die.entryPC, let exits = graph.exits(of: die.ranges),
        graph.balance([entry], exits) == .equal
      else { return nil }
      result.formUnion(exits)
    }
    return result.isEmpty ? nil : result
  }

  private func outOfLine(_ call: WrittenCall, _ graph: FlowGraph) -> Set<UInt64> {
    var result: Set<UInt64> = []
    for index in rows.file.rows(onLine: call.position.line) {
      let row = rows.file.unit.lines.rows[index]
      guard row.column == 0 || Int(row.column) == call.position.column, rows.holds(row) else { continue }
      let end = rows.file.unit.lines.end(ofRow: index)
      var position = graph.lowerBound(row.address)
      while position < graph.instructions.count, graph.instructions[position].address < end {
        let instruction = graph.instructions[position]
        // Of several rows at one address the last one describes the instructions.
        if graph.isCall(instruction), rows.file.unit.lines.row(covering: instruction.address) == row {
          result.insert(instruction.address)
        }
        position += 1
      }
    }
    return result
  }

  private func inlined(_ call: WrittenCall) -> Set<UInt64> { Set(bodies(of: call).compactMap(\.entryPC)) }

  private func bodies(of call: WrittenCall) -> [Die] {
    rows.file.unit.functions.calls(inlinedInto: body).filter { die in
      die.unsigned(.callLine).map { Int(clamping: $0) } == call.position.line
        && die.unsigned(.callColumn).map { Int(clamping: $0) == call.position.column } ?? true
    }
  }
}

extension FunctionTable {
  /// The entries of the calls that were inlined into a body, those in its split parts included.
  fileprivate func calls(inlinedInto body: Int) -> [Die] {
    children(of: body).flatMap { child in
      instances[child].isSplitPart ? calls(inlinedInto: child) : [instances[child].die]
    }
  }
}

extension FlowGraph {
  /// Whether an instruction calls: also by a jump out of the function, in place of a call and a return.
  func isCall(_ instruction: Instruction) -> Bool {
    switch instruction.flow {
    case .call, .indirectCall: true
    case .jump(let target): block(at: target) == nil
    case .sequential, .conditionalJump, .indirectJump, .return, .trap, .undecodable: false
    }
  }
}
