import Elfutils
import InstructionDecoder

/// Builds the control-flow graph of a function from its code.
struct FlowGraphBuilder {
  let code: CodeReader
  let decoder: InstructionDecoder
  /// Addresses behind calls that do not return.
  let deadReturns: Set<UInt64>
  /// Where calls go that leave all registers and memory as they were: those of the function tracer.
  let tracers: Set<UInt64>

  /// - Parameter entry: the address at which the function is entered; nil when it is the lowest one.
  func graph(of ranges: [AddressRange], entry: UInt64?) -> FlowGraph? {
    let sorted = ranges.sorted()
    var instructions: [Instruction] = []
    for range in sorted {
      guard let bytes = code.bytes(in: range) else { return nil }
      instructions.append(contentsOf: decoder.disassemble(bytes, at: range.start))
    }
    guard let first = instructions.first else { return nil }
    if let call = tracerCall(in: instructions, at: entry ?? first.address) {
      instructions[call] = instructions[call].withoutEffect
    }
    let tables = JumpTables(code: code, ranges: sorted).targets(of: instructions)
    let starts = blockStarts(instructions, sorted, tables)
    let blocks = blocks(instructions, starts, sorted, tables)
    let entryAddress = entry ?? first.address
    let entryBlock =
      blocks.firstIndex { instructions[$0.instructions.lowerBound].address == entryAddress } ?? 0
    return FlowGraph(
      instructions: instructions, blocks: linked(blocks, instructions, entry: entryBlock), entry: entryBlock)
  }

  /// The call that `-mfentry` puts at a function's entry, behind an `endbr` at most.
  private func tracerCall(in instructions: [Instruction], at entry: UInt64) -> Int? {
    guard let start = instructions.firstIndex(where: { $0.address == entry }) else { return nil }
    return instructions[start...].prefix(2).firstIndex { instruction in
      guard case .call(let target) = instruction.flow else { return false }
      return tracers.contains(target)
        || code.externalName(in: AddressRange(start: instruction.address, end: instruction.endAddress))
          == Self.tracer
    }
  }

  /// The kernel's function tracer (arch/x86/kernel/ftrace_64.S), which saves all that it uses.
  static let tracer = "__fentry__"

  private func stops(_ instruction: Instruction) -> Bool {
    switch instruction.flow {
    case .call, .indirectCall: deadReturns.contains(instruction.endAddress)
    case .trap(let trap): trap == .undefined || trap == .breakpoint
    case .undecodable: true
    case .sequential, .jump, .conditionalJump, .indirectJump, .return: false
    }
  }

  private func blockStarts(
    _ instructions: [Instruction], _ ranges: [AddressRange], _ tables: [UInt64: [UInt64]]
  ) -> Set<UInt64> {
    var starts = Set(ranges.map(\.start))
    for instruction in instructions {
      switch instruction.flow {
      case .jump(let target), .conditionalJump(let target):
        starts.insert(target)
        starts.insert(instruction.endAddress)
      case .indirectJump, .return, .trap, .undecodable: starts.insert(instruction.endAddress)
      case .call, .indirectCall: if stops(instruction) { starts.insert(instruction.endAddress) }
      case .sequential: break
      }
    }
    for targets in tables.values { starts.formUnion(targets) }
    return starts
  }

  private func blocks(
    _ instructions: [Instruction], _ starts: Set<UInt64>, _ ranges: [AddressRange],
    _ tables: [UInt64: [UInt64]]
  ) -> [BasicBlock] {
    var bounds: [Range<Int>] = []
    var begin = 0
    for index in instructions.indices.dropFirst() where starts.contains(instructions[index].address) {
      bounds.append(begin..<index)
      begin = index
    }
    bounds.append(begin..<instructions.count)
    var numbers: [UInt64: Int] = [:]
    for (number, bound) in bounds.enumerated() { numbers[instructions[bound.lowerBound].address] = number }
    return bounds.map { bound in
      block(bound, last: instructions[bound.upperBound - 1], numbers, tables)
    }
  }

  private func block(
    _ bound: Range<Int>, last: Instruction, _ numbers: [UInt64: Int], _ tables: [UInt64: [UInt64]]
  ) -> BasicBlock {
    let next = numbers[last.endAddress]
    switch last.flow {
    case .jump(let target):
      guard let inside = numbers[target] else { return BasicBlock(instructions: bound, exit: .leaves) }
      return BasicBlock(instructions: bound, successors: [inside], exit: .inside)
    case .conditionalJump(let target):
      let inside = numbers[target]
      let successors = [inside, next].compactMap { $0 }
      return BasicBlock(
        instructions: bound, successors: Array(Set(successors)).sorted(),
        exit: inside == nil ? .leaves : .inside)
    case .indirectJump:
      guard let targets = tables[last.address] else { return BasicBlock(instructions: bound, exit: .unknown) }
      let successors = Set(targets.compactMap { numbers[$0] })
      return BasicBlock(instructions: bound, successors: successors.sorted(), exit: .inside)
    case .return(let isConditional):
      let successors = isConditional ? [next].compactMap { $0 } : []
      return BasicBlock(instructions: bound, successors: successors, exit: .leaves)
    case .sequential, .call, .indirectCall, .trap, .undecodable:
      if stops(last) { return BasicBlock(instructions: bound, exit: .stops) }
      // Falling off the end of the function's code happens behind calls that do not return.
      guard let next else { return BasicBlock(instructions: bound, exit: .stops) }
      return BasicBlock(instructions: bound, successors: [next], exit: .inside)
    }
  }

  private func linked(_ blocks: [BasicBlock], _ instructions: [Instruction], entry: Int) -> [BasicBlock] {
    var result = blocks
    let reached = Set(blocks.flatMap(\.successors))
    for number in blocks.indices {
      if number != entry, !reached.contains(number), isPadding(blocks[number], instructions) {
        result[number].successors = []
      }
      for successor in result[number].successors { result[successor].predecessors.append(number) }
    }
    return result
  }

  /// Whether a block does nothing: what nothing leads to and fills the space in front of an aligned label.
  private func isPadding(_ block: BasicBlock, _ instructions: [Instruction]) -> Bool {
    instructions[block.instructions].allSatisfy { instruction in
      instruction.flow == .sequential && instruction.isKnown && instruction.memoryAccess.isEmpty
        && instruction.registersWritten.isEmpty
    }
  }
}
