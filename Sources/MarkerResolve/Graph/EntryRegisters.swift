import InstructionDecoder

/// Which registers still hold at a place what they held when the function was entered.
struct EntryRegisters {
  /// For each block the registers (bit n: DWARF number n) that some path from the entry has changed before it.
  private let changedBefore: [UInt32]
  private let graph: FlowGraph
  private let callClobbered: UInt32

  /// - Parameter callClobbered: the registers that a call may change, by the psABI.
  init(graph: FlowGraph, callClobbered: UInt32) {
    self.graph = graph
    self.callClobbered = callClobbered
    let effects = graph.blocks.map { block in
      block.instructions.reduce(UInt32(0)) { $0 | Self.effect(graph.instructions[$1], callClobbered) }
    }
    var before = [UInt32](repeating: 0, count: graph.blocks.count)
    var pending = Array(graph.blocks.indices)
    while let current = pending.popLast() {
      let after = before[current] | effects[current]
      for successor in graph.blocks[current].successors where before[successor] | after != before[successor] {
        before[successor] |= after
        pending.append(successor)
      }
    }
    changedBefore = before
  }

  /// Whether the register is unchanged on every path from the entry to the instruction at the address.
  func isUnchanged(_ register: UInt64, at address: UInt64) -> Bool {
    guard register < 32, !graph.hasUnknownJumps, let index = graph.instruction(at: address) else {
      return false
    }
    let block = graph.block(ofInstruction: index)
    var changed = changedBefore[block]
    for earlier in graph.blocks[block].instructions.lowerBound..<index {
      changed |= Self.effect(graph.instructions[earlier], callClobbered)
    }
    return changed & (1 << UInt32(register)) == 0
  }

  private static func effect(_ instruction: Instruction, _ callClobbered: UInt32) -> UInt32 {
    if !instruction.isKnown { return UInt32.max }
    switch instruction.flow {
    case .call, .indirectCall, .trap: return instruction.registersWritten.general | callClobbered
    case .sequential, .jump, .conditionalJump, .indirectJump, .return, .undecodable:
      return instruction.registersWritten.general
    }
  }
}
