/// One row of the line number table (DWARF 5 section 6.2.2) with its view number.
struct LineRow: Hashable {
  let address: UInt64
  /// The file number of the program.
  let file: Int32
  let line: Int32
  /// 1-based; 0 when unknown.
  let column: Int32
  let isStmt: Bool
  /// How many rows of the same address stand before this one (location views, GCC and gas).
  let view: Int32
}

/// The rows of one sequence: contiguous code, addresses ascending.
struct LineSequence {
  let rows: [LineRow]
  /// The first address behind the sequence.
  let end: UInt64

  var start: UInt64 { rows.first?.address ?? end }
}
