import Elfutils

/// How often sets of addresses are passed, as numbers that can be compared and added: of two sets with one number every
/// complete path through the function passes as many, and what holds between numbers holds between counts. Two sets that
/// are passed equally often have one number, but for ways that do not come out of the function and meet each other.
///
/// A path is known by how often it goes over each edge outside of a fixed tree from the entry, a way out of the function
/// counted as an edge back to the entry. A set's passes on a path are the sum, over these edges, of its addresses on the
/// cycle that the edge closes with the tree; the edges are told apart by fixed 128-bit weights, so that other sums are
/// other numbers but by chance.
struct PassCounts {
  typealias Number = SIMD2<UInt64>

  /// For each block; nil for those that the entry does not reach.
  private let blockNumbers: [Number?]
  private let graph: FlowGraph
  /// For each block the numbers of the edges to its successors, in their order.
  private let edgeNumbers: [[Number]]

  /// - Returns: nil for a graph with jumps that cannot be followed.
  init?(_ graph: FlowGraph) {
    guard !graph.hasUnknownJumps else { return nil }
    self.graph = graph
    let tree = FlowTree(graph)
    var result = [Number?](repeating: nil, count: graph.blocks.count)
    for block in tree.order { result[block] = .zero }
    var weights = Weights()
    // What the edges that begin in blocks add to all blocks on the way to them, and those that end there take away.
    var ended = [Number](repeating: .zero, count: graph.blocks.count)
    var chordNumbers: [Edge: Number] = [:]
    for (from, to) in tree.chords {
      let weight = weights.next()
      result[from] = result[from].map { $0 &+ weight }
      if let to {
        ended[to] &+= weight
        chordNumbers[Edge(from: from, to: to)] = weight
      }
    }
    for block in tree.order.reversed() {
      guard let parent = tree.parent(of: block), let own = result[block] else { continue }
      result[parent] = result[parent].map { $0 &+ own &- ended[block] }
    }
    blockNumbers = result
    edgeNumbers = graph.blocks.indices.map { block in
      graph.blocks[block].successors.map { successor in
        if tree.parent(of: successor) == block { return (result[successor] ?? .zero) &- ended[successor] }
        return chordNumbers[Edge(from: block, to: successor)] ?? .zero
      }
    }
  }

  private struct Edge: Hashable {
    let from: Int
    let to: Int
  }

  /// The number of the edge from the block of an instruction to the one that begins at an address; nil when there is none
  /// such, or the entry does not reach it.
  func number(from jump: UInt64, to address: UInt64) -> Number? {
    guard let block = graph.block(at: jump), let to = graph.block(at: address), blockNumbers[block] != nil,
      let index = graph.blocks[block].successors.firstIndex(of: to)
    else { return nil }
    return edgeNumbers[block][index]
  }

  /// - Returns: nil when no instruction begins at one of the addresses, or the entry does not reach it.
  func number(of addresses: Set<UInt64>) -> Number? {
    var result = Number.zero
    for address in addresses {
      guard let block = graph.block(at: address), let number = blockNumbers[block] else { return nil }
      result &+= number
    }
    return result
  }

  /// The blocks that begin in ranges with their numbers, those of number 0 left out: they lead to nothing that comes out
  /// of the function.
  func blocks(within ranges: [AddressRange]) -> [(address: UInt64, number: Number)] {
    graph.blocks.indices.compactMap { block in
      let address = graph.instructions[graph.blocks[block].instructions.lowerBound].address
      guard let number = blockNumbers[block], number != .zero,
        ranges.contains(where: { $0.contains(address) })
      else { return nil }
      return (address, number)
    }
  }
}

/// The weights of edges: SplitMix64, from a fixed seed.
private struct Weights {
  private var state: UInt64 = 0x6d61_726b_6572_7321

  mutating func next() -> PassCounts.Number { PassCounts.Number(word(), word()) }

  private mutating func word() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

/// A tree of edges from a function's entry to every block that it reaches, and the other edges.
private struct FlowTree {
  /// Each block behind the one that the tree comes to it from.
  private(set) var order: [Int]
  /// nil: out of the function.
  private(set) var chords: [(from: Int, to: Int?)] = []
  private var parents: [Int?]

  init(_ graph: FlowGraph) {
    order = [graph.entry]
    parents = [Int?](repeating: nil, count: graph.blocks.count)
    var seen: Set<Int> = [graph.entry]
    var next = 0
    while next < order.count {
      let block = order[next]
      next += 1
      for successor in graph.blocks[block].successors {
        if seen.insert(successor).inserted {
          parents[successor] = block
          order.append(successor)
        } else {
          chords.append((block, successor))
        }
      }
      if case .leaves = graph.blocks[block].exit { chords.append((block, nil)) }
    }
  }

  func parent(of block: Int) -> Int? { parents[block] }
}
