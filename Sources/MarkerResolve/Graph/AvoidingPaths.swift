extension FlowGraph {
  /// The blocks on complete paths, from the function's entry to where it is left, that pass none of the addresses.
  func blocks(avoiding addresses: Set<UInt64>) -> Set<Int> {
    let closed = Set(addresses.compactMap { block(at: $0) })
    let ends = blocks.indices.filter { if case .leaves = blocks[$0].exit { true } else { false } }
    let forward = reached(from: [entry], avoiding: closed) { blocks[$0].successors }
    return forward.intersection(reached(from: ends, avoiding: closed) { blocks[$0].predecessors })
  }

  /// The blocks that steps lead to from some, themselves included, without coming to closed ones.
  func reached(from starts: [Int], avoiding closed: Set<Int>, next: (Int) -> [Int]) -> Set<Int> {
    var result = Set(starts).subtracting(closed)
    var pending = Array(result)
    while let current = pending.popLast() {
      for other in next(current) where !closed.contains(other) && result.insert(other).inserted {
        pending.append(other)
      }
    }
    return result
  }
}
