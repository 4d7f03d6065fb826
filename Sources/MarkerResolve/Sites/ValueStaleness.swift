import CSource
import MarkerScan

/// Whether a site that stands for another statement than the one behind the marker reads another moment's values.
struct ValueStaleness {
  /// The statements that run between the site and the marker, or between the marker and the site; nil when that
  /// cannot be told.
  private let between: [Statement]?
  private let writes: VariableWrites?
  /// The loops around the marker, the innermost first.
  private let loops: [Statement]
  private let file: MarkedFile
  private let function: FunctionBody?

  init(found: FoundSite, placement: Placement?) {
    file = found.file
    function = placement?.function
    guard let placement else {
      between = []
      writes = nil
      loops = []
      return
    }
    loops = placement.loops
    writes = VariableWrites(macros: found.file.macros, function: placement.function)
    let line = found.chosen.line
    switch found.chosen.kind {
    case .ownRow, .nextStatement: between = []
    case .counted: between = nil
    case .previousStatement, .earlierStatement, .earlierCall, .earlierInlinedCall,
      .earlierInstructions:
      between = Self.collect(from: placement.previous, next: \.previousOrdinary) {
        $0.extent.lines.contains(line)
      }
    case .laterStatement:
      let behind = Self.collect(from: placement.next, next: \.nextOrdinary) { $0.extent.lines.contains(line) }
      between = behind.map { Array($0.dropLast()) }
    case .laterCall, .laterInstructions:
      between = Self.collect(from: placement.next, next: \.nextOrdinary) { $0.extent.lines.contains(line) }
    case .functionEntry, .callingStatement:
      between =
        Self.collect(from: placement.previous, next: \.previousOrdinary) { $0.previousOrdinary == nil } ?? []
    }
  }

  /// Why the expression's value at the site need not be its value at the marker; nil when it is the same.
  ///
  /// - Parameter isGlobal: whether a variable of it can be changed by other functions.
  func reason(_ expression: Expression, isGlobal: Bool) -> String? {
    guard let between else { return "the statements between the probe and the marker are not known" }
    let changer = writes?.changer(of: expression, among: between)
    guard let writer = changer ?? between.first(where: { isGlobal && mayCall($0) }) else { return nil }
    return
      "the statement on line \(writer.extent.start.line), between the probe and the marker, may change it"
  }

  /// Why the probe may be hit in another order than the marker is reached: a function that is called between the two
  /// may come to the marker itself.
  func reasonOfOrder() -> String? {
    guard let function, let caller = between?.first(where: { comes(to: function, from: $0) }) else {
      return nil
    }
    return
      "the statement on line \(caller.extent.start.line), between the probe and the marker, may call"
      + " '\(function.name)' again"
  }

  /// Why a constant need not be the value: a loop around the marker assigns the variable, and an assignment that
  /// only the marker reads is dropped without the debugging information saying so.
  func reasonAgainstConstant(_ expression: Expression) -> String? {
    guard let writes else { return nil }
    for loop in loops where expression.variables.contains(where: { writes.assigns($0, loop) }) {
      return
        "the loop on line \(loop.extent.start.line) assigns it, and the debugging information gives a constant"
    }
    return nil
  }

  private func mayCall(_ statement: Statement) -> Bool {
    guard let function else { return true }
    let lines = statement.extent.lines
    return file.writes(of: function).calls.contains {
      $0.lines.overlaps(lines) && file.macros.mayCall($0.call.name)
    }
  }

  private func comes(to function: FunctionBody, from statement: Statement) -> Bool {
    let lines = statement.extent.lines
    let calls = file.writes(of: function).calls.filter { $0.lines.overlaps(lines) }
    return !calls.isEmpty && file.mayCome(to: function.name, from: calls.map(\.call.name))
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
