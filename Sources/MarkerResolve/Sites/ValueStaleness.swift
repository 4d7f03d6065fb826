import CSource
import MarkerScan

/// Whether a site that stands for another statement than the one behind the marker reads another moment's values.
struct ValueStaleness {
  /// The statements that run between the site and the marker, or between the marker and the site; nil when that
  /// cannot be told.
  private let between: [Statement]?
  private let writes: VariableWrites?

  init(found: FoundSite, placement: Placement?) {
    guard let placement else {
      between = []
      writes = nil
      return
    }
    writes = VariableWrites(macros: found.file.macros, function: placement.function)
    let line = found.chosen.line
    switch found.chosen.kind {
    case .ownRow, .nextStatement: between = []
    case .previousStatement, .earlierStatement:
      between = Self.collect(from: placement.previous, next: \.previousOrdinary) {
        $0.extent.lines.contains(line)
      }
    case .laterStatement:
      let behind = Self.collect(from: placement.next, next: \.nextOrdinary) { $0.extent.lines.contains(line) }
      between = behind.map { Array($0.dropLast()) }
    case .functionEntry:
      between =
        Self.collect(from: placement.previous, next: \.previousOrdinary) { $0.previousOrdinary == nil } ?? []
    }
  }

  /// Why the expression's value at the site need not be its value at the marker; nil when it is the same.
  func reason(_ expression: Expression) -> String? {
    guard let between else { return "the statements between the probe and the marker are not known" }
    guard let writes, let writer = between.first(where: { writes.mayChange(expression, by: $0) }) else {
      return nil
    }
    return
      "the statement on line \(writer.extent.start.line), between the probe and the marker, may change it"
  }

  private static func collect(
    from first: Statement?, next: KeyPath<Statement, Statement?>, until isLast: (Statement) -> Bool
  ) -> [Statement]? {
    var result: [Statement] = []
    var current = first
    while let statement = current {
      result.append(statement)
      if isLast(statement) { return result }
      current = statement[keyPath: next]
    }
    return nil
  }
}
