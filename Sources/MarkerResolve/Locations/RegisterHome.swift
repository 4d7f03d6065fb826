import CSource
import Elfutils
import InstructionDecoder

/// Whether a register still holds a variable that the debugging information puts there for its whole life: GCC writes
/// a single location where it has no list, and says nothing of where the register is used for something else.
struct RegisterHome {
  let graph: FlowGraph
  /// The registers that a call may change, by the psABI.
  let callClobbered: UInt32
  let lines: BodyLines
  let writes: FunctionWrites

  /// Whether all that may have written the register last before the site are assignments of the variable.
  func holds(_ variable: Die, _ register: UInt64, at address: UInt64) -> Bool {
    guard register < 32, let name = variable.name, let site = graph.instruction(at: address) else {
      return false
    }
    let isParameter = variable.tag == .formalParameter
    let (writers, isEntered) = lastWriters(of: register, before: site)
    if isEntered, !isParameter { return false }
    let assigned = writes.places.filter { !$0.isMember && $0.name == name }.map(\.lines)
    return writers.allSatisfy { index in
      let instruction = graph.instructions[index]
      guard let line = lines.line(of: instruction.address) else {
        return isParameter && !graph.calls(instruction)
      }
      return assigned.contains { $0.contains(line) }
    }
  }

  /// The instructions that may have written a register last, and whether none has on some way from the entry.
  private func lastWriters(of register: UInt64, before site: Int) -> (Set<Int>, isEntered: Bool) {
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

  private func writes(_ index: Int, _ register: UInt64) -> Bool {
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
