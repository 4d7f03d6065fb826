import Elfutils
import InstructionDecoder

/// What lies where in the stack frame of one function, by the call frame information.
struct StackSlots {
  let graph: FlowGraph
  let registers: RegisterWriters
  let info: DwarfInfo
  let stackPointer: UInt64
  let wordByteCount: Int

  /// How far the canonical frame address lies above the stack pointer before the instruction; nil when it is told in
  /// another way.
  private func depth(at address: UInt64) -> Int64? {
    guard let operations = info.canonicalFrameAddress(at: address), operations.count == 1 else { return nil }
    let operation = operations[0]
    switch operation.code {
    case 0x70...0x8f where UInt64(operation.code - 0x70) == stackPointer:  // DW_OP_breg<n>
      return Int64(bitPattern: operation.operand1)
    case 0x92 where operation.operand1 == stackPointer:  // DW_OP_bregx
      return Int64(bitPattern: operation.operand2)
    default: return nil
    }
  }

  /// How much higher the stack pointer is before each instruction that stores by it than before another one; those
  /// left out where it is the same.
  func shifts(from address: UInt64) -> [UInt64: Int64] {
    guard let here = depth(at: address) else { return [:] }
    var result: [UInt64: Int64] = [:]
    for instruction in graph.instructions {
      guard let base = instruction.store?.base, UInt64(base) == stackPointer,
        let there = depth(at: instruction.address), there != here
      else { continue }
      result[instruction.address] = here - there
    }
    return result
  }

  /// Whether the frame is as deep at the address as it gets in the block: not in the prologue, nor in the epilogue.
  /// LLVM gives places by the stack pointer of the whole frame (`DW_AT_frame_base` of `DW_OP_reg7`).
  func isFrameWhole(at address: UInt64) -> Bool {
    guard let index = graph.instruction(at: address), let here = depth(at: address) else { return true }
    let block = graph.blocks[graph.block(ofInstruction: index)].instructions
    guard block.contains(where: { movesStack(graph.instructions[$0]) }) else { return true }
    return block.allSatisfy { depth(at: graph.instructions[$0].address).map { $0 <= here } ?? true }
  }

  /// Whether some way to the address never stores a variable to its place in the frame, `offset` bytes above the
  /// stack pointer there: from the function's entry on, or from where the variable came into a register.
  func mayBeUnset(_ offset: Int64, byteCount: Int, at address: UInt64, _ track: LocationTrack) -> Bool {
    guard let site = graph.instruction(at: address), let here = depth(at: address), offset < here else {
      return false
    }
    let slot = offset - here..<offset - here + Int64(byteCount)
    var seen: Set<Way> = []
    var pending = [Way(block: graph.block(ofInstruction: site), end: site, register: nil)]
    while let way = pending.popLast() {
      switch outcome(of: way, slot) {
      case .isSet: continue
      case .isUnset: return true
      case .open: if way.block == graph.entry { return true }
      }
      for above in graph.blocks[way.block].predecessors {
        let end = graph.blocks[above].instructions.upperBound
        let register = track.register(at: graph.instructions[end - 1].address) ?? way.register
        let next = Way(block: above, end: end, register: register)
        if seen.insert(next).inserted { pending.append(next) }
      }
    }
    return false
  }

  /// The code of a block before an instruction, and the register that has the variable behind it.
  private struct Way: Hashable {
    let block: Int
    let end: Int
    let register: UInt64?
  }

  private enum Outcome {
    case isSet, isUnset, open
  }

  private func outcome(of way: Way, _ slot: Range<Int64>) -> Outcome {
    for index in (graph.blocks[way.block].instructions.lowerBound..<way.end).reversed() {
      if sets(graph.instructions[index], slot) { return .isSet }
      if let register = way.register, registers.writes(index, register) { return .isUnset }
    }
    return .open
  }

  /// Whether an instruction may store to the bytes, which count from the canonical frame address.
  private func sets(_ instruction: Instruction, _ slot: Range<Int64>) -> Bool {
    guard instruction.memoryAccess.contains(.write), !graph.calls(instruction) else { return false }
    guard let depth = depth(at: instruction.address) else { return true }
    guard let store = instruction.store else {
      let pushed = -depth - Int64(wordByteCount)
      return !movesStack(instruction) || slot.overlaps(pushed..<pushed + Int64(wordByteCount))
    }
    guard let base = store.base, UInt64(base) == stackPointer else { return false }
    if store.hasIndex { return true }
    let from = store.displacement - depth
    return slot.overlaps(from..<from + Int64(store.byteCount))
  }

  private func movesStack(_ instruction: Instruction) -> Bool {
    !graph.calls(instruction) && instruction.registersWritten.contains(.general(Int(stackPointer)))
  }
}
