public import MarkerScan

extension Resolver {
  /// The lines at which the other statements of the marker's block begin, the nearest first and of two as near the
  /// later; empty when the source is not at hand.
  public func neighbourLines(of record: MarkerRecord) -> [Int] {
    guard case .found(let files, _) = finder.find([record.file])[record.file],
      let source = files.lazy.compactMap(\.source).first,
      let placement = source.placement(at: record.line, name: record.name)
    else { return [] }
    let lines = placement.block.statements.filter { $0.kind != .marker && $0.kind != .empty }
      .map { $0.extent.lines.lowerBound }
    let own = placement.next?.extent.lines.lowerBound
    return Set(lines).subtracting([record.line, own ?? record.line])
      .sorted { (abs($0 - record.line), -$0) < (abs($1 - record.line), -$1) }
  }
}
