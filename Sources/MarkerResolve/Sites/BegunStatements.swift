import Elfutils

/// Which statements have just begun when control arrives at an address: the nearest is_stmt rows backwards on
/// every path.
struct BegunStatements {
  let lines: LineTable
  let graph: FlowGraph
  let instances: InstanceMap
  /// The body that the marker was found in, and the file numbers of its source.
  let body: Int
  let files: Set<Int32>
  /// The lines of the function's source.
  let functionLines: ClosedRange<Int>

  enum Place: Hashable {
    /// A statement of the marker's function, on a line.
    case line(Int)
    /// Other code: the caller's, or the way in.
    case outside
    /// Another inlined body of the marker's function.
    case twin
  }

  /// The places that control may come from to rows.
  func before(_ rows: [SiteCandidate]) -> Set<Place> {
    rows.reduce(into: []) { $0.formUnion(before($1.momentAddress, view: $1.view)) }
  }

  /// The places that control may come from to the row at an address with a view.
  func before(_ address: UInt64, view: UInt64) -> Set<Place> {
    var result: Set<Place> = []
    guard let index = graph.instruction(at: address) else { return [.outside] }
    let here = place(at: address, below: view)
    let home = graph.block(ofInstruction: index)
    let isJoin =
      graph.blocks[home].instructions.lowerBound == index && graph.blocks[home].predecessors.count > 1
    if let here, !isJoin { return [here] }
    var seen: Set<Int> = []
    var pending = [(block: graph.block(ofInstruction: index), end: index)]
    while let (block, end) = pending.popLast() {
      if let found = nearest(in: graph.blocks[block].instructions.lowerBound..<end) {
        result.insert(found)
        continue
      }
      if block == graph.entry { result.insert(.outside) }
      for predecessor in graph.blocks[block].predecessors where seen.insert(predecessor).inserted {
        pending.append((predecessor, graph.blocks[predecessor].instructions.upperBound))
      }
    }
    return result
  }

  /// Whether the row before or behind a place, in straight code, is in another inlined body of the function.
  func meetsTwin(_ candidate: SiteCandidate) -> Bool {
    if before(candidate.momentAddress, view: candidate.view).contains(.twin) { return true }
    guard let index = graph.instruction(at: candidate.momentAddress) else { return false }
    let block = graph.blocks[graph.block(ofInstruction: index)]
    for next in index + 1..<max(block.instructions.upperBound, index + 1) {
      if let place = place(at: graph.instructions[next].address, below: nil) { return place == .twin }
    }
    guard block.successors.count == 1, let next = block.successors.first else { return false }
    let target = graph.instructions[graph.blocks[next].instructions.lowerBound].address
    return place(at: target, below: nil) == .twin
  }

  private func nearest(in range: Range<Int>) -> Place? {
    for index in range.reversed() {
      if let place = place(at: graph.instructions[index].address, below: nil) { return place }
    }
    return nil
  }

  /// The last is_stmt row at an address, of those below a view when one is given.
  private func place(at address: UInt64, below view: UInt64?) -> Place? {
    let range = lines.indexes(in: AddressRange(start: address, end: address &+ 1))
    for index in range.reversed() {
      let row = lines.rows[index]
      guard row.isStmt, view.map({ UInt64(row.view) < $0 }) ?? true else { continue }
      if let place = place(of: row) { return place }
    }
    return nil
  }

  /// nil for a row of a function that was inlined and has no code left: it tells no place.
  private func place(of row: LineRow) -> Place? {
    if instances.isTwin(row.address, of: body) { return .twin }
    if files.contains(row.file), functionLines.contains(Int(row.line)) { return .line(Int(row.line)) }
    switch instances.view(of: row.address, from: body) {
    case .called(let line): return .line(line)
    case .inside: return nil
    case .outside: return .outside
    }
  }
}
