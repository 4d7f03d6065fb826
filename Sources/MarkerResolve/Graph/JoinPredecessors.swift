extension FlowGraph {
  /// The instruction before an address that begins a block which others jump to as well: a row there may belong
  /// to the code before the label. nil when the address is no such place, or control does not only fall into it.
  func beforeLabel(_ address: UInt64) -> UInt64? {
    guard let index = instruction(at: address), index > 0 else { return nil }
    let home = block(ofInstruction: index)
    guard blocks[home].instructions.lowerBound == index, blocks[home].predecessors.count > 1 else {
      return nil
    }
    let above = instructions[index - 1]
    let previous = block(ofInstruction: index - 1)
    guard above.endAddress == address, blocks[previous].successors == [home] else { return nil }
    return above.address
  }

  /// The last instructions of the blocks that lead into a loop at its head, where each leads nowhere else; nil when
  /// the address begins no loop or some way in has no instruction of its own.
  func loopEntrances(_ address: UInt64) -> [UInt64]? {
    guard let index = instruction(at: address) else { return nil }
    let home = block(ofInstruction: index)
    guard blocks[home].instructions.lowerBound == index, blocks[home].predecessors.count > 1 else {
      return nil
    }
    let inside = loop(around: home)
    let outer = blocks[home].predecessors.filter { !inside.contains($0) }
    guard !outer.isEmpty, outer.count < blocks[home].predecessors.count else { return nil }
    guard outer.allSatisfy({ blocks[$0].successors == [home] }) else { return nil }
    return outer.map { instructions[blocks[$0].instructions.upperBound - 1].address }
  }

  /// The blocks that the block leads to and that lead back to it, itself included: the loop it is part of.
  private func loop(around block: Int) -> Set<Int> {
    closure(from: block) { blocks[$0].successors }.intersection(
      closure(from: block) { blocks[$0].predecessors })
  }

  /// The blocks of the shortest way from a block back to itself; empty when there is none.
  func shortestCycle(through block: Int) -> Set<Int> {
    var parent: [Int: Int] = [:]
    var layer = [block]
    while !layer.isEmpty {
      var next: [Int] = []
      for current in layer {
        for successor in blocks[current].successors {
          if successor == block { return path(from: current, to: block, parent) }
          if parent[successor] == nil {
            parent[successor] = current
            next.append(successor)
          }
        }
      }
      layer = next
    }
    return []
  }

  private func path(from last: Int, to first: Int, _ parent: [Int: Int]) -> Set<Int> {
    var result: Set<Int> = [first, last]
    var current = last
    while current != first, let above = parent[current] {
      result.insert(above)
      current = above
    }
    return result
  }

  /// The blocks that steps lead to from a block; itself only where they lead back.
  func closure(from start: Int, next: (Int) -> [Int]) -> Set<Int> {
    var seen: Set<Int> = []
    var pending = next(start)
    while let current = pending.popLast() {
      if seen.insert(current).inserted { pending += next(current) }
    }
    return seen
  }
}
