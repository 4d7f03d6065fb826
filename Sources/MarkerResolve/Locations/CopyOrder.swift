/// Whether the sites of a marker's copies in one function are passed in another order than the copies.
struct CopyOrder {
  let sites: [FoundSite]

  /// Why hits at a site can come before or behind those of another copy where the marker does the opposite: the begin of
  /// the caller's statement, which stands for a copy, was moved over the other copy's site.
  func reason(at site: FoundSite) -> String? {
    let isMoved = sites.contains { other in
      other.body != site.body && other.container.die.offset == site.container.die.offset
        && (overtakes(site, other) || overtakes(other, site))
    }
    return isMoved
      ? "the probes at two copies of the marker are passed in another order than the copies" : nil
  }

  /// Whether control that passes `early`, the begin of its caller's statement, comes to `late` before the body.
  private func overtakes(_ early: FoundSite, _ late: FoundSite) -> Bool {
    guard early.chosen.kind == .callingStatement, let graph = early.machine.graph,
      let start = graph.instruction(at: early.address), let target = graph.instruction(at: late.address)
    else { return false }
    let body = early.instance.die.ranges
    var seen: Set<Int> = []
    var pending = [start]
    while let first = pending.popLast() {
      let block = graph.block(ofInstruction: first)
      let range = first..<graph.blocks[block].instructions.upperBound
      let end = range.first { index in
        index == target || body.contains { $0.contains(graph.instructions[index].address) }
      }
      if end == target { return true }
      if end != nil { continue }
      pending += graph.blocks[block].successors.filter { seen.insert($0).inserted }
        .map { graph.blocks[$0].instructions.lowerBound }
    }
    return false
  }
}
