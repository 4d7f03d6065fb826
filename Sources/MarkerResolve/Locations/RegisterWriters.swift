import InstructionDecoder

/// Which instructions write a register, calls by the psABI.
struct RegisterWriters {
  let graph: FlowGraph
  /// The registers that a call may change, by the psABI.
  let callClobbered: UInt32

  /// The instructions that may have written a register last, and whether none has on some way from the entry.
  func last(of register: UInt64, before site: Int) -> (writers: Set<Int>, isEntered: Bool) {
    var writers: Set<Int> = []
    var isEntered = false
    var seen: Set<Int> = []
    let home = graph.block(ofInstruction: site)
    var pending = [(block: home, end: site)]
    while let (block, end) = pending.popLast() {
      let start = graph.blocks[block].instructions.lowerBound
      if let last = (start..<end).last(where: { writes($0, register) }) {
        writers.insert(last)
        continue
      }
      if block == graph.entry { isEntered = true }
      for above in graph.blocks[block].predecessors where seen.insert(above).inserted {
        pending.append((above, graph.blocks[above].instructions.upperBound))
      }
    }
    return (writers, isEntered)
  }

  /// Whether the instruction at an index may change a register.
  func writes(_ index: Int, _ register: UInt64) -> Bool {
    let instruction = graph.instructions[index]
    let bit = UInt32(1) << UInt32(register)
    if !instruction.isKnown || instruction.registersWritten.general & bit != 0 { return true }
    guard graph.calls(instruction), callClobbered & bit != 0 else { return false }
    // GCC knows what the functions of a unit leave alone (-fipa-ra): what is read behind a call has survived it.
    return register == 0 || !isReadFirst(register, behind: index)
  }

  private func isReadFirst(_ register: UInt64, behind index: Int) -> Bool {
    let bit = UInt32(1) << UInt32(register)
    var seen: Set<Int> = []
    var pending = [index + 1..<graph.blocks[graph.block(ofInstruction: index)].instructions.upperBound]
    while let range = pending.popLast() {
      let next = range.first { index in
        let instruction = graph.instructions[index]
        return (instruction.registersRead.general | instruction.registersWritten.general) & bit != 0
          || graph.calls(instruction)
      }
      if let next {
        if graph.instructions[next].registersRead.general & bit != 0 { return true }
        continue
      }
      guard let last = range.last ?? (range.lowerBound > 0 ? range.lowerBound - 1 : nil) else { continue }
      for block in graph.blocks[graph.block(ofInstruction: last)].successors where seen.insert(block).inserted
      {
        pending.append(graph.blocks[block].instructions)
      }
    }
    return false
  }
}
