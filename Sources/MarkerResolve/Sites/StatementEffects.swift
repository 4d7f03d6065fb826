import CSource
import Elfutils
import InstructionDecoder

/// Where one body of code does what a statement is there for: the stores of an assignment, the jumps that an `if` or
/// `switch` decides.
///
/// Instructions that only compute are moved and shared freely, and rows with them. These are not: LLVM makes none where
/// the source does not come to the statement, and of instructions that it merges none keeps its line (LLVM, "How to
/// Update Debug Info", "When to merge instruction locations"). Moves out of loops are the exception.
struct StatementEffects {
  let rows: StatementRows
  let graph: FlowGraph
  /// The DWARF number of the stack pointer: what is stored beside it may be a spilled register.
  let stackPointer: Int?

  /// The instructions that take effect first on every way; empty when the statement has no such effect, or it is gone.
  func places(of statement: Statement) -> Set<UInt64> {
    graph.leading(Set(all(of: statement).map(\.address)))
  }

  /// All instructions that do what the statement is there for.
  func all(of statement: Statement) -> [Instruction] {
    switch statement.kind {
    case .expression: instructions(in: statement.extent).filter(isStore)
    case .if, .switch: decisions(of: statement)
    case .declaration, .for, .while, .doWhile, .caseLabel, .defaultLabel, .label, .return, .break, .continue,
      .goto, .compound, .empty, .macroLoop, .macroBlock, .macro, .marker:
      []
    }
  }

  /// All jumps that decide for the head of a branch or loop.
  func decisions(of statement: Statement) -> [Instruction] {
    guard let head = statement.head else { return [] }
    let extent = statement.kind == .doWhile ? head : statement.extent.through(head)
    return decisions(in: extent)
  }

  /// All jumps that decide in an extent.
  func decisions(in extent: SourceExtent) -> [Instruction] { instructions(in: extent).filter(decides) }

  private func isStore(_ instruction: Instruction) -> Bool {
    instruction.store.map { $0.base == nil || $0.base != stackPointer } ?? false
  }

  private func decides(_ instruction: Instruction) -> Bool {
    switch instruction.flow {
    case .conditionalJump, .indirectJump: true
    case .sequential, .jump, .call, .indirectCall, .return, .trap, .undecodable: false
    }
  }

  /// The instructions of the body whose rows are within an extent.
  private func instructions(in extent: SourceExtent) -> [Instruction] {
    let lines = rows.file.unit.lines
    return extent.lines.flatMap(rows.file.rows).flatMap { index -> [Instruction] in
      let row = lines.rows[index]
      guard rows.holds(row), extent.holds(line: row.line, column: row.column) else { return [] }
      return graph.instructions(from: row.address, to: lines.end(ofRow: index)).filter {
        // Of several rows at one address the last one describes the instructions.
        lines.row(covering: $0.address) == row
      }
    }
  }
}

extension FlowGraph {
  /// The instructions that begin in a range of addresses.
  func instructions(from start: UInt64, to end: UInt64) -> ArraySlice<Instruction> {
    let first = lowerBound(start)
    return instructions[first..<max(first, lowerBound(end))]
  }
}
