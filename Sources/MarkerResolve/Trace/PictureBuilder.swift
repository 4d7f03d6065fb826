import Elfutils
import MarkerScan

/// Draws the bodies of a marked function.
struct PictureBuilder {
  let resolver: Resolver
  let record: MarkerRecord
  let search: SiteSearch
  /// Where the probes go, by where the sites were found.
  let placed: [UInt64: UInt64]

  func pictures() -> [BodyPicture] {
    search.outcomes.filter { !search.sites(of: $0).isEmpty }.map { outcome in
      let lanes = LaneBuilder(resolver: resolver, record: record, search: search, outcome: outcome).lanes()
      let sites = search.sites(of: outcome).map { placed[$0.address] ?? $0.address }
      return BodyPicture(code: codeMap(outcome), sites: Set(sites).sorted(), lanes: lanes)
    }
  }

  private func codeMap(_ outcome: InstanceOutcome) -> CodeMap {
    let ranges = outcome.shownRanges
    let function = outcome.instance.die.name ?? "?"
    let place = ranges.first.flatMap { resolver.symbols.place(of: $0.start) }
    return CodeMap(
      function: function, symbol: place?.symbol ?? function, symbolOffset: place?.offset ?? 0,
      isInlined: outcome.instance.isInlined, ranges: ranges, pieces: pieces(outcome, ranges))
  }

  private func pieces(_ outcome: InstanceOutcome, _ ranges: [AddressRange]) -> [CodeMap.Piece] {
    let table = outcome.file.unit.functions
    let instances = InstanceMap(table: table, container: outcome.instance.container)
    let lines = outcome.file.unit.lines
    var result: [CodeMap.Piece] = []
    for range in ranges {
      for index in lines.indexes(in: range) {
        let start = lines.rows[index].address
        let end = min(lines.end(ofRow: index), range.end)
        guard start < end, index + 1 >= lines.rows.count || lines.rows[index + 1].address != start,
          let piece = piece(lines.rows[index], start, end, outcome, instances)
        else { continue }
        Self.append(piece, to: &result)
      }
    }
    return result
  }

  private func piece(
    _ row: LineRow, _ start: UInt64, _ end: UInt64, _ outcome: InstanceOutcome, _ instances: InstanceMap
  ) -> CodeMap.Piece? {
    let range = AddressRange(start: start, end: end)
    switch instances.view(of: start, from: outcome.body) {
    case .inside:
      guard row.line > 0, outcome.file.numbers.contains(row.file) else { return nil }
      return .init(range: range, line: Int(row.line), isInlinedCall: false)
    case .called(let line): return line > 0 ? .init(range: range, line: line, isInlinedCall: true) : nil
    case .outside: return nil
    }
  }

  private static func append(_ piece: CodeMap.Piece, to pieces: inout [CodeMap.Piece]) {
    guard let last = pieces.last, last.range.end == piece.range.start, last.line == piece.line,
      last.isInlinedCall == piece.isInlinedCall
    else { return pieces.append(piece) }
    let range = AddressRange(start: last.range.start, end: piece.range.end)
    pieces[pieces.count - 1] = .init(range: range, line: last.line, isInlinedCall: last.isInlinedCall)
  }
}

extension InstanceOutcome {
  /// The code of the body; that of the body around it when the compiler left the inlined call without code.
  var shownRanges: [AddressRange] {
    var current = instance
    while current.die.ranges.isEmpty, let parent = current.parent {
      current = file.unit.functions.instances[parent]
    }
    return current.die.ranges.sorted()
  }
}
