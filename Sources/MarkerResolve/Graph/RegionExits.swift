import Elfutils

extension FlowGraph {
  /// Places that are passed each time control leaves the ranges for other code of the function, once each time: where
  /// it arrives, or the last instruction inside that leads nowhere else. nil when some way out has no such place.
  func exits(of ranges: [AddressRange]) -> Set<UInt64>? {
    func isInside(_ address: UInt64) -> Bool { ranges.contains { $0.contains(address) } }
    var result: Set<UInt64> = []
    for block in blocks.indices {
      let indexes = blocks[block].instructions
      for index in indexes.dropLast() where isInside(instructions[index].address) {
        let next = instructions[index + 1].address
        if !isInside(next) { result.insert(next) }
      }
      guard let last = indexes.last, isInside(instructions[last].address) else { continue }
      for successor in blocks[block].successors where !isInside(start(of: successor)) {
        guard let place = place(leaving: block, for: successor, isInside) else { return nil }
        result.insert(place)
      }
    }
    return result.isEmpty ? nil : result
  }

  private func place(leaving block: Int, for successor: Int, _ isInside: (UInt64) -> Bool) -> UInt64? {
    let arrivals = blocks[successor].predecessors
    if arrivals.allSatisfy({ isInside(end(of: $0)) }) { return start(of: successor) }
    guard blocks[block].successors == [successor], let last = blocks[block].instructions.last else {
      return nil
    }
    switch instructions[last].flow {
    case .call, .indirectCall: return nil
    case .sequential, .jump, .conditionalJump, .indirectJump, .return, .trap, .undecodable:
      return instructions[last].address
    }
  }

  private func start(of block: Int) -> UInt64 { instructions[blocks[block].instructions.lowerBound].address }

  private func end(of block: Int) -> UInt64 {
    instructions[blocks[block].instructions.upperBound - 1].address
  }
}
