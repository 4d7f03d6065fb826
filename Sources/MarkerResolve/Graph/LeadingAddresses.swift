extension FlowGraph {
  /// The addresses of a set that begin something: those that control can reach, from the function's entry or from
  /// themselves, without passing another address of the set.
  func leading(_ addresses: Set<UInt64>) -> Set<UInt64> {
    guard addresses.count > 1 else { return addresses }
    return addresses.filter { address in
      isReached(address, avoiding: addresses.subtracting([address]))
    }
  }

  private func isReached(_ address: UInt64, avoiding others: Set<UInt64>) -> Bool {
    guard let index = instruction(at: address) else { return false }
    let home = block(ofInstruction: index)
    let lowest = blocks[home].instructions.lowerBound
    if (lowest..<index).contains(where: { others.contains(instructions[$0].address) }) { return false }
    let obstructed = Set(others.compactMap { block(at: $0) })
    // Backwards from the address until the entry or the address itself.
    var seen = Set([home])
    var pending = [home]
    if home == entry { return true }
    while let current = pending.popLast() {
      for predecessor in blocks[current].predecessors {
        if predecessor == home, !hasAfter(index, others) { return true }
        if obstructed.contains(predecessor) || !seen.insert(predecessor).inserted { continue }
        if predecessor == entry { return true }
        pending.append(predecessor)
      }
    }
    return false
  }

  private func hasAfter(_ index: Int, _ others: Set<UInt64>) -> Bool {
    let block = blocks[block(ofInstruction: index)]
    return (index..<block.instructions.upperBound).contains { others.contains(instructions[$0].address) }
  }
}
