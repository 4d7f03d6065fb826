import Elfutils
import InstructionDecoder

/// Reads rows, blocks and instructions around the sites of one body.
struct CodeTrace {
  let resolver: Resolver
  let outcome: InstanceOutcome

  /// How far the blocks around a site are listed, and how much of them is shown.
  private enum Limit {
    static let distance = 2
    static let neighbours = 8
    static let instructionsOfSite = 8
    static let instructionsOfNeighbour = 3
  }

  private var file: MarkedFile { outcome.file }

  /// The rows of some lines of the marker's file in a body's code.
  func rows(in ranges: [AddressRange], lines: ClosedRange<Int>) -> [RowTrace] {
    ranges.flatMap { range in
      file.unit.lines.rows[file.unit.lines.indexes(in: range)].filter {
        file.numbers.contains($0.file) && lines.contains(Int($0.line))
      }.map { trace($0) }
    }
  }

  private func trace(_ row: LineRow) -> RowTrace {
    let isOwn = file.numbers.contains(row.file)
    return RowTrace(
      address: row.address, file: isOwn ? nil : file.unit.path(ofFile: Int(row.file)) ?? "?",
      line: Int(row.line), column: Int(row.column), isStatement: row.isStmt, view: Int(row.view))
  }

  /// - Parameter address: where the probe goes, which may be before the place that was found.
  func site(_ found: FoundSite, at address: UInt64) -> SiteTrace {
    let moment = PlaceTrace(address: found.moment.address, view: found.moment.view)
    guard let graph = outcome.machine.graph, let home = graph.block(at: address) else {
      return SiteTrace(address: address, moment: moment, blocks: [], blockCount: 0)
    }
    let shown = neighbourhood(of: home, graph)
    return SiteTrace(
      address: address, moment: moment,
      blocks: shown.keys.sorted().map { block($0, distance: shown[$0] ?? 0, home, address, graph) },
      blockCount: graph.blocks.count)
  }

  /// The blocks near one, with their distance along edges in either direction.
  private func neighbourhood(of home: Int, _ graph: FlowGraph) -> [Int: Int] {
    var distances = [home: 0]
    var front = [home]
    for distance in 1...Limit.distance {
      var next: [Int] = []
      for block in front {
        let edges = [graph.blocks[block].predecessors, graph.blocks[block].successors]
        for neighbour in edges.flatMap({ $0.prefix(Limit.neighbours) }) where distances[neighbour] == nil {
          distances[neighbour] = distance
          next.append(neighbour)
        }
      }
      front = next
    }
    return distances
  }

  private func block(
    _ number: Int, distance: Int, _ home: Int, _ site: UInt64, _ graph: FlowGraph
  ) -> BlockTrace {
    let block = graph.blocks[number]
    let first = graph.instructions[block.instructions.lowerBound]
    let last = graph.instructions[block.instructions.upperBound - 1]
    let range = AddressRange(start: first.address, end: last.endAddress)
    let shown = shownInstructions(number, distance, home, site, graph)
    return BlockTrace(
      number: number, range: range, isEntry: number == graph.entry, holdsSite: number == home,
      predecessors: block.predecessors.sorted(), successors: block.successors.sorted(),
      exit: exit(block.exit), lines: lines(in: range),
      instructions: shown.map { instruction(graph.instructions[$0]) },
      omitted: shown.isEmpty
        ? .init(before: block.instructions.count, behind: 0)
        : .init(
          before: shown.lowerBound - block.instructions.lowerBound,
          behind: block.instructions.upperBound - shown.upperBound))
  }

  /// Around the site; of a block that leads to it the end, of one behind it the begin.
  private func shownInstructions(
    _ number: Int, _ distance: Int, _ home: Int, _ site: UInt64, _ graph: FlowGraph
  ) -> Range<Int> {
    let all = graph.blocks[number].instructions
    if number == home, let index = graph.instruction(at: site) {
      return (index - Limit.instructionsOfSite..<index + Limit.instructionsOfSite + 1).clamped(to: all)
    }
    guard distance == 1 else { return all.lowerBound..<all.lowerBound }
    let count = min(Limit.instructionsOfNeighbour, all.count)
    return graph.blocks[home].predecessors.contains(number)
      ? all.upperBound - count..<all.upperBound : all.lowerBound..<all.lowerBound + count
  }

  private func exit(_ exit: BasicBlock.Exit) -> BlockTrace.Exit {
    switch exit {
    case .inside: .inside
    case .leaves: .leaves
    case .stops: .stops
    case .unknown: .unknown
    }
  }

  private func lines(in range: AddressRange) -> [Int] {
    let rows = file.unit.lines.rows[file.unit.lines.indexes(in: range)]
    return Set(rows.filter { file.numbers.contains($0.file) && $0.line > 0 }.map { Int($0.line) }).sorted()
  }

  private func target(of instruction: Instruction) -> String? {
    guard let target = instruction.flow.target else { return nil }
    if let name = resolver.machines.externalName(of: instruction) { return name }
    return resolver.symbols.place(of: target).map { $0.symbol + "+" + hexadecimal($0.offset) }
  }

  private func instruction(_ instruction: Instruction) -> InstructionTrace {
    let range = AddressRange(start: instruction.address, end: instruction.address &+ 1)
    return InstructionTrace(
      address: instruction.address, text: resolver.machines.text(of: instruction),
      target: target(of: instruction),
      rows: file.unit.lines.rows[file.unit.lines.indexes(in: range)].map { trace($0) })
  }
}
