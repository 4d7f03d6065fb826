/// Whether two sets of addresses are passed equally often, shown on the graph alone.
///
/// Give each block's entry a potential: the number of passes of `left` minus those of `right` on a path from the
/// function's entry. The counts agree on every complete execution exactly when one potential fits all paths and
/// is 0 wherever the function is left. A path that stops (a call that does not return) is not complete.
extension FlowGraph {
  enum Balance {
    /// Equal on every complete path.
    case equal
    case unequal
    /// The graph has jumps that it cannot follow.
    case unknown
  }

  func balance(_ left: Set<UInt64>, _ right: Set<UInt64>) -> Balance {
    left == right ? .equal : balance([(left, 1), (right, -1)])
  }

  /// Whether the passes of all the sets, each times its weight, add up to nothing.
  func balance(_ sets: [(addresses: Set<UInt64>, weight: Int)]) -> Balance {
    var net = [Int](repeating: 0, count: blocks.count)
    for (addresses, weight) in sets {
      for address in addresses {
        guard let block = block(at: address) else { return .unknown }
        net[block] += weight
      }
    }
    if net.allSatisfy({ $0 == 0 }) { return .equal }
    if hasUnknownJumps { return .unknown }
    let potential = potentials(net)
    guard let potential else { return .unequal }
    // What the entry does not reach is entered in a way that the graph does not know.
    return net.indices.contains { net[$0] != 0 && potential[$0] == nil } ? .unknown : .equal
  }

  /// The potential at the entry of each block that the function's entry reaches; nil when none fits.
  private func potentials(_ net: [Int]) -> [Int?]? {
    var potential = [Int?](repeating: nil, count: blocks.count)
    potential[entry] = 0
    var pending = [entry]
    while let current = pending.popLast() {
      guard let start = potential[current] else { continue }
      let end = start + net[current]
      if case .leaves = blocks[current].exit, end != 0 { return nil }
      for successor in blocks[current].successors {
        if let known = potential[successor] {
          if known != end { return nil }
        } else {
          potential[successor] = end
          pending.append(successor)
        }
      }
    }
    return potential
  }
}
