import Elfutils
import InstructionDecoder

/// Whether a fetch argument that is right at one address reads the same value at an earlier one: nothing between
/// changes what it reads.
struct ValueTransport {
  let graph: FlowGraph
  let machine: Machine

  /// - Parameter moment: the address that the argument was made for; control comes there straight from `site`.
  func survives(_ fetch: FetchArgument, from site: UInt64, to moment: UInt64) -> Bool {
    guard let between = instructions(from: site, to: moment) else { return false }
    let registers = Self.registers(in: fetch.expression)
    let readsMemory = fetch.expression.contains { $0 == "(" || $0 == "@" }
    return between.allSatisfy { instruction in
      guard instruction.isKnown else { return false }
      switch instruction.flow {
      case .call, .indirectCall, .trap, .undecodable, .return: return false
      case .sequential, .jump, .conditionalJump, .indirectJump: break
      }
      if readsMemory, instruction.memoryAccess.contains(.write) { return false }
      return !registers.contains { name in
        (0..<32).contains {
          RegisterNames.name(UInt64($0), on: machine) == name
            && instruction.registersWritten.contains(.general($0))
        }
      }
    }
  }

  /// The instructions that run from the site until the moment: in one block, or the last ones of a block that leads
  /// only to the moment's.
  private func instructions(from site: UInt64, to moment: UInt64) -> ArraySlice<Instruction>? {
    guard let first = graph.instruction(at: site), let last = graph.instruction(at: moment) else {
      return nil
    }
    let home = graph.block(ofInstruction: first)
    let target = graph.block(ofInstruction: last)
    if home == target, first <= last { return graph.instructions[first..<last] }
    let block = graph.blocks[home]
    guard block.successors == [target], graph.blocks[target].instructions.lowerBound == last else {
      return nil
    }
    return graph.instructions[first..<block.instructions.upperBound]
  }

  private static func registers(in expression: String) -> Set<String> {
    var result: Set<String> = []
    for part in expression.split(separator: "%").dropFirst(expression.hasPrefix("%") ? 0 : 1) {
      result.insert(String(part.prefix { $0.isLetter || $0.isNumber }))
    }
    return result
  }
}
