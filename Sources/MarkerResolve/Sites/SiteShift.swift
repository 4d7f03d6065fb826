import InstructionDecoder

extension FlowGraph {
  /// Whether a probe on the instruction is hit more often than control passes it: a repeated string instruction
  /// traps once an iteration.
  func repeats(_ address: UInt64) -> Bool {
    instruction(at: address).map { instructions[$0].isRepPrefixed } ?? false
  }

  /// Whether a neighbour is the better place: repeated instructions trap once an iteration, calls are never
  /// optimised.
  func isPoorPlace(_ address: UInt64) -> Bool {
    guard let index = instruction(at: address) else { return false }
    switch instructions[index].flow {
    case .call, .indirectCall: return true
    case .sequential, .jump, .conditionalJump, .indirectJump, .return, .trap, .undecodable:
      return instructions[index].isRepPrefixed
    }
  }

  /// The instructions before an address in its block, nearest first: passed exactly as often.
  func earlierInBlock(_ address: UInt64) -> [UInt64] {
    guard let index = instruction(at: address) else { return [] }
    let start = blocks[block(ofInstruction: index)].instructions.lowerBound
    return (start..<index).reversed().map { instructions[$0].address }
  }
}
