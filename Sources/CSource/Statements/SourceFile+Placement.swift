extension SourceFile {
  /// Where a marker on a line stands.
  ///
  /// When the line is part of a marker's text (compilers give one of its lines, the first or the last), that marker
  /// is meant. On any other line a marker is thought to stand immediately before the first statement that begins
  /// on the line or behind it, in the block that the line lies in; labels that begin on the line stay before the
  /// marker. When the block ends before another statement begins, the marker is the last in its block. A line
  /// that only ends a block (`}`, `} else {`) counts as what stands behind its last token.
  ///
  /// - Parameters:
  ///   - line: the 1-based line.
  ///   - name: the marker's name, which chooses among several on one line.
  /// - Returns: nil outside of all functions and in text that is never compiled.
  public func placement(at line: Int, name: String? = nil) -> Placement? {
    if isExcluded(line: line) { return nil }
    if let other = keeping(line: line) { return other.placement(at: line, name: name) }
    if let marker = marker(at: line, name: name) {
      return Placement(
        marker: marker, block: marker.block, previous: marker.previousOrdinary, next: marker.nextOrdinary)
    }
    guard let function = function(at: line) else { return nil }
    return assumedPlacement(at: line, in: function)
  }

  /// The placement that `placement(at:name:)` gives; the name that says what it is for.
  public func statement(after line: Int) -> Placement? { placement(at: line) }

  /// The markers whose text touches the line, in source order.
  public func markers(at line: Int) -> [Statement] {
    guard let function = function(at: line) else { return [] }
    let first = firstStatement(from: tokens[Int(functions[function.index].first)].offset)
    let end = lines.offset(ofLine: line + 1)
    var found: [Statement] = []
    for index in first..<firstStatement(from: end) where statements[index].kind == .marker {
      let marker = Statement(file: self, index: index)
      if marker.extent.lines.contains(line) { found.append(marker) }
    }
    return found
  }

  private func marker(at line: Int, name: String?) -> Statement? {
    let found = markers(at: line)
    guard let name else { return found.first }
    return found.first { isNamed($0, name) } ?? found.first
  }

  /// Whether the marker's first or second argument is the name: `MARKER(name, …)`, `MARKER_IN(provider, name, …)`.
  private func isNamed(_ marker: Statement, _ name: String) -> Bool {
    let node = statements[marker.index]
    let arguments = (Int(node.first) + 2)...(Int(node.first) + 4)
    return arguments.contains { $0 < Int(node.last) && $0 != Int(node.first) + 3 && text($0) == name }
  }

  /// The index of the first statement that begins at or behind an offset; statements are stored in that order.
  private func firstStatement(from offset: Int) -> Int {
    var low = 0
    var high = statements.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[Int(statements[middle].first)].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func assumedPlacement(at line: Int, in function: FunctionBody) -> Placement? {
    let start = lines.offset(ofLine: line)
    let end = lines.offset(ofLine: line + 1)
    var candidate = firstStatement(from: start)
    while candidate < statements.count, isBefore(candidate, end), isLabelOrMarker(candidate) {
      candidate += 1
    }
    let beginsOnLine = candidate < statements.count && isBefore(candidate, end)
    let point =
      beginsOnLine ? tokens[Int(statements[candidate].first)].offset : lastTokenEnd(start..<end) ?? start
    let around = innermostBlock(at: point, in: function)
    if candidate < statements.count, isInside(candidate, around) {
      let next = Statement(file: self, index: candidate)
      let ordinary = next.kind == .marker ? next.nextOrdinary : next
      return Placement(marker: nil, block: next.block, previous: next.previousOrdinary, next: ordinary)
    }
    let last = around.statements.last
    return Placement(
      marker: nil, block: around, previous: last?.kind == .marker ? last?.previousOrdinary : last, next: nil)
  }

  private func isBefore(_ statement: Int, _ offset: Int) -> Bool {
    tokens[Int(statements[statement].first)].offset < offset
  }

  private func isLabelOrMarker(_ statement: Int) -> Bool {
    statements[statement].kind.isLabel || statements[statement].kind == .marker
  }

  /// The offset behind the last token that begins in the range; nil when none does.
  private func lastTokenEnd(_ range: Range<Int>) -> Int? {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].offset < range.upperBound { low = middle + 1 } else { high = middle }
    }
    guard low > 0, tokens[low - 1].offset >= range.lowerBound else { return nil }
    return tokens[low - 1].endOffset
  }

  /// The innermost braces around the point; a body without braces counts while the point lies in its statement.
  private func innermostBlock(at offset: Int, in function: FunctionBody) -> Block {
    var statement = firstStatement(from: offset) - 1
    while statement >= 0 {
      // The last statement that begins before the point, or one around it, is in the block that is looked for.
      let candidate = Statement(file: self, index: statement)
      guard candidate.block.function == function else { break }
      if let inner = candidate.bodies.last(where: { holds($0, offset) }) { return inner }
      if holds(candidate.block, offset) { return candidate.block }
      guard let owner = candidate.block.owner else { break }
      statement = owner.index
    }
    return function.body
  }

  private func holds(_ block: Block, _ offset: Int) -> Bool {
    guard let extent = block.extent else { return false }
    return block.isBraced
      ? extent.start.offset < offset && offset <= extent.end.offset
      : extent.start.offset <= offset && offset <= extent.end.offset
  }

  private func isInside(_ statement: Int, _ block: Block) -> Bool {
    var current: Block? = Statement(file: self, index: statement).block
    while let candidate = current {
      if candidate == block { return true }
      current = candidate.owner?.block
    }
    return false
  }
}
