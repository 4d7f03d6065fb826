import Elfutils
import InstructionDecoder

/// A basic block of a function's machine code.
struct BasicBlock {
  /// The instructions of the block in `FlowGraph.instructions`.
  let instructions: Range<Int>
  var successors: [Int] = []
  var predecessors: [Int] = []
  let exit: Exit

  enum Exit {
    /// Control goes on to the successors, to nothing else.
    case inside
    /// Control may leave the function: a return or a jump out of it.
    case leaves
    /// Control ends here as far as the function can tell: a call that does not return, a trap.
    case stops
    /// Control goes on where the graph cannot tell: an indirect jump without a known table.
    case unknown
  }
}

/// The control-flow graph of one out-of-line function with its cold parts.
struct FlowGraph {
  let instructions: [Instruction]
  let blocks: [BasicBlock]
  /// The block that control enters the function at.
  let entry: Int
  /// Whether some indirect jump leads where the graph cannot tell.
  let hasUnknownJumps: Bool
  private let blockOfInstruction: [Int32]

  init(instructions: [Instruction], blocks: [BasicBlock], entry: Int) {
    self.instructions = instructions
    self.blocks = blocks
    self.entry = entry
    hasUnknownJumps = blocks.contains { if case .unknown = $0.exit { true } else { false } }
    var owner = [Int32](repeating: -1, count: instructions.count)
    for (number, block) in blocks.enumerated() {
      for index in block.instructions { owner[index] = Int32(number) }
    }
    blockOfInstruction = owner
  }

  /// The index of the instruction that begins at an address; nil when none does.
  func instruction(at address: UInt64) -> Int? {
    let index = lowerBound(address)
    return index < instructions.count && instructions[index].address == address ? index : nil
  }

  /// The block that the instruction at an address belongs to; nil when no instruction begins there.
  func block(at address: UInt64) -> Int? { instruction(at: address).map { Int(blockOfInstruction[$0]) } }

  func block(ofInstruction index: Int) -> Int { Int(blockOfInstruction[index]) }

  /// The index of the first instruction at or above an address.
  func lowerBound(_ address: UInt64) -> Int {
    var low = 0
    var high = instructions.count
    while low < high {
      let middle = (low + high) / 2
      if instructions[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
