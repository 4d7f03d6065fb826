import Elfutils

/// Finds code by how often it is passed.
struct CountedBlocks {
  let numbers: PassCounts
  let rows: StatementRows
  /// That of the marker.
  let line: Int

  /// One block of the body, or the first two, that are passed as often as a number says; of blocks that are passed equally
  /// often those nearest to the marker's line.
  func addresses(_ wanted: PassCounts.Number) -> [UInt64] {
    let blocks = numbers.blocks(within: rows.ranges)
    let byNumber = Dictionary(grouping: blocks) { $0.number }.mapValues { nearest($0.map { $0.address }) }
    if let found = byNumber[wanted] { return [found] }
    for block in blocks {
      let rest = wanted &- block.number
      if let first = byNumber[block.number], let second = byNumber[rest], first != second {
        return [first, second].sorted()
      }
    }
    return []
  }

  private func nearest(_ addresses: [UInt64]) -> UInt64 {
    addresses.min { (distance($0), $0) < (distance($1), $1) } ?? 0
  }

  /// How many lines lie between the marker and what an address belongs to.
  private func distance(_ address: UInt64) -> Int {
    guard let row = rows.file.unit.lines.row(covering: address), rows.file.numbers.contains(row.file)
    else { return Int.max }
    return abs(Int(row.line) - line)
  }
}
