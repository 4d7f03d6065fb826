/// Which line of a function each instruction of one of its bodies belongs to.
struct BodyLines {
  let file: MarkedFile
  let instances: InstanceMap
  let body: Int

  /// In inlined code the line of the call; nil outside of the body, and where the row is of another file.
  func line(of address: UInt64) -> Int? {
    switch instances.view(of: address, from: body) {
    case .outside: return nil
    case .called(let line): return line
    case .inside:
      guard let row = file.unit.lines.row(covering: address), file.numbers.contains(row.file) else {
        return nil
      }
      return Int(row.line)
    }
  }

  /// Whose code an address is.
  func view(of address: UInt64) -> InstanceMap.Relation { instances.view(of: address, from: body) }

  /// Whether an address is in code outside of the body that has a line.
  func isOutside(_ address: UInt64) -> Bool {
    guard case .outside = instances.view(of: address, from: body) else { return false }
    return file.unit.lines.row(covering: address).map { $0.line > 0 } ?? false
  }

  /// The line of the file that an instruction of another body belongs to; nil for the body's own.
  func foreignLine(of address: UInt64) -> Int? {
    switch instances.view(of: address, from: body) {
    case .inside: return nil
    case .outside, .called:
      guard let row = file.unit.lines.row(covering: address), file.numbers.contains(row.file) else {
        return nil
      }
      return Int(row.line)
    }
  }

  /// Whether a row of one of the lines belongs to the body itself.
  func hasRows(_ lines: ClosedRange<Int>) -> Bool {
    let rows = file.unit.lines.rows
    return lines.contains { line in
      file.rows(onLine: line).contains { instances.innermost(rows[$0].address) == body }
    }
  }

  /// Whether the statement of a line begins in a range of code, of the moment's address behind its view.
  func hasFrontier(_ line: Int, from start: UInt64, through end: UInt64, after moment: SiteMoment) -> Bool {
    file.rows(onLine: line).contains { index in
      let row = file.unit.lines.rows[index]
      guard row.isStmt, row.address >= start, row.address <= end else { return false }
      return row.address > moment.address || row.address < moment.address || UInt64(row.view) > moment.view
    }
  }
}
