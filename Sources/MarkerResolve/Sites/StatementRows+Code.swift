import Elfutils
import InstructionDecoder

/// What the machine code that belongs to lines does.
extension StatementRows {
  /// Whether code of the lines in this body chooses at run time: a conditional jump, or flags turned into a value.
  func decides(on lines: ClosedRange<Int>, _ graph: FlowGraph) -> Bool {
    for line in lines {
      for index in file.rows(onLine: line) {
        let row = file.unit.lines.rows[index]
        let end = file.unit.lines.end(ofRow: index)
        guard ranges.contains(where: { $0.contains(row.address) }), end > row.address else { continue }
        var position = graph.lowerBound(row.address)
        while position < graph.instructions.count, graph.instructions[position].address < end {
          let instruction = graph.instructions[position]
          if case .conditionalJump = instruction.flow { return true }
          if instruction.registersRead.hasFlags { return true }
          position += 1
        }
      }
    }
    return false
  }

  /// Whether code of the lines in this body computes with several elements at once.
  func computesVectors(on lines: ClosedRange<Int>, _ graph: FlowGraph) -> Bool {
    graph.instructions.contains { instruction in
      guard instruction.isVectorArithmetic, let row = file.unit.lines.row(covering: instruction.address)
      else {
        return false
      }
      return file.numbers.contains(row.file) && lines.contains(Int(row.line)) && holds(row)
    }
  }

  /// Whether the address lies in an innermost loop that loads or stores several elements at once. A loop with a
  /// call in it is none: its wide accesses copy or clear structures.
  func isVectorised(_ address: UInt64) -> Bool {
    guard let graph, let home = graph.block(at: address) else { return false }
    let loop = graph.shortestCycle(through: home).flatMap { graph.blocks[$0].instructions }
    let calls = loop.contains { index in
      switch graph.instructions[index].flow {
      case .call, .indirectCall: true
      case .sequential, .jump, .conditionalJump, .indirectJump, .return, .trap, .undecodable: false
      }
    }
    return !calls && loop.contains { graph.instructions[$0].isVectorAccess }
  }
}
