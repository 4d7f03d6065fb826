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
    let (writers, isEntered) = RegisterWriters(graph: graph, callClobbered: callClobbered)
      .last(of: register, before: site)
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
}
