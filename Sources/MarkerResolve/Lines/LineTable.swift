import Elfutils

/// The rows of one unit in order of address; rows of one address in order of view.
struct LineTable {
  /// All rows; a row without line 0 filter, as the compiler wrote them.
  let rows: [LineRow]
  /// The end of the sequence that each row belongs to.
  private let ends: [UInt64]

  init(_ sequences: [LineSequence]) {
    var rows: [LineRow] = []
    var ends: [UInt64] = []
    // Code that a linker discarded keeps a sequence at address 0: it overlaps nothing that is looked up.
    for sequence in sequences {
      rows.append(contentsOf: sequence.rows)
      ends.append(contentsOf: repeatElement(sequence.end, count: sequence.rows.count))
    }
    self.rows = rows
    self.ends = ends
  }

  /// The indexes of the rows whose address lies in a range.
  func indexes(in range: AddressRange) -> Range<Int> {
    let start = firstIndex(from: range.start)
    let end = firstIndex(from: range.end)
    return start..<max(start, end)
  }

  /// The address behind the instructions of a row: the next higher address of a row, or the sequence's end.
  func end(ofRow index: Int) -> UInt64 {
    var next = index + 1
    while next < rows.count, rows[next].address == rows[index].address { next += 1 }
    guard next < rows.count, rows[next].address > rows[index].address else { return ends[index] }
    return min(rows[next].address, ends[index])
  }

  /// The row that an instruction belongs to: the last row at the greatest address not above it.
  func row(covering address: UInt64) -> LineRow? {
    let index = firstIndex(from: address &+ 1) - 1
    guard index >= 0, address < ends[index] else { return nil }
    return rows[index]
  }

  /// The address whose views the view number of a location list counts. GCC puts the list's label before the padding
  /// that aligns a loop, and the rows that number the views behind it.
  func address(ofView view: UInt64, at address: UInt64) -> UInt64 {
    guard view > 0 else { return address }
    let index = firstIndex(from: address)
    guard index > 0, index < rows.count, address < ends[index - 1] else { return address }
    return rows[index].address
  }

  private func firstIndex(from address: UInt64) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
