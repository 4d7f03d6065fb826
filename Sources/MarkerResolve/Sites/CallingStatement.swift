import CSource
import Elfutils

/// The statement of a caller that makes an inlined call each time it begins: the inlined body is entered as often.
struct CallingStatement {
  let statement: Statement
  /// The rows of the caller's body.
  let rows: StatementRows
  /// The index of the caller's body in the unit's table of functions.
  let parent: Int

  /// - Returns: nil for a body out of line, for a call that the statement need not make or makes in a macro, for one
  ///   that was copied, and when the caller's source is not at hand.
  init?(of body: Int, in unit: SourceUnit, finder: UnitFinder, graph: FlowGraph?) {
    let table = unit.functions
    let instance = table.instances[body]
    guard let parent = table.caller(of: body), let name = instance.die.name,
      let line = instance.die.unsigned(.callLine).map({ Int(clamping: $0) }),
      let file = instance.die.unsigned(.callFile).flatMap({
        finder.file(Int32(truncatingIfNeeded: $0), of: unit)
      }),
      let function = file.source?.placement(at: line)?.function
    else { return nil }
    let column = instance.die.unsigned(.callColumn).map { Int(clamping: $0) }
    let statement = function.body.statement(around: line) { statement in
      statement.certainCalls.contains { call in
        call.name == name && call.position.line == line && (column.map { $0 == call.position.column } ?? true)
      }
    }
    guard let statement, table.siblings(of: body, calledFrom: parent) == 1 else { return nil }
    self.statement = statement
    self.parent = parent
    let caller = table.instances[parent]
    rows = StatementRows(
      file: file, instance: caller, ranges: caller.die.ranges,
      nested: table.nestedRanges(of: parent, among: [caller.originOffset]), graph: graph)
  }

  /// What the statement's begin says of the entry of the inlined body.
  var evidence: [Evidence] {
    let flow = StatementFlow(macros: rows.file.macros)
    return [
      Evidence(
        kind: .callingStatement, line: statement.extent.start.line,
        variants: rows.begins(of: statement, flow: flow))
    ].compactMap { $0 }
  }
}

extension FunctionTable {
  /// The body that an inlined body was called from, parts of one function taken together; nil out of line.
  fileprivate func caller(of body: Int) -> Int? {
    var current = instances[body].parent
    while let index = current, instances[index].isSplitPart { current = instances[index].parent }
    return current
  }

  /// How many bodies were inlined for the call that a body was inlined for.
  fileprivate func siblings(of body: Int, calledFrom parent: Int) -> Int {
    let own = instances[body]
    return instances(of: own.originOffset).count { other in
      caller(of: other) == parent
        && instances[other].die.unsigned(.callLine) == own.die.unsigned(.callLine)
        && instances[other].die.unsigned(.callColumn) == own.die.unsigned(.callColumn)
    }
  }
}

extension Block {
  /// The first statement around a line that a condition holds for, in the block or a block within it.
  fileprivate func statement(around line: Int, where holds: (Statement) -> Bool) -> Statement? {
    for statement in statements where statement.extent.lines.contains(line) {
      if holds(statement) { return statement }
      for body in statement.bodies {
        if let found = body.statement(around: line, where: holds) { return found }
      }
    }
    return nil
  }
}
