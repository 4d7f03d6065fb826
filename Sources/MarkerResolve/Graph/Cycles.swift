import Elfutils

extension FlowGraph {
  /// Whether control can come from an address back to it without leaving the ranges.
  func isInCycle(_ address: UInt64, within ranges: [AddressRange]) -> Bool {
    guard let home = block(at: address) else { return false }
    var seen: Set<Int> = []
    var pending = [home]
    while let current = pending.popLast() {
      for successor in blocks[current].successors {
        if successor == home { return true }
        let start = instructions[blocks[successor].instructions.lowerBound].address
        if ranges.contains(where: { $0.contains(start) }), seen.insert(successor).inserted {
          pending.append(successor)
        }
      }
    }
    return false
  }
}
