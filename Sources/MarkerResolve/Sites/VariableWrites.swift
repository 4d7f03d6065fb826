import CSource
import MarkerScan

/// What statements may write, read off the source with the unit's macros.
struct VariableWrites {
  let macros: MacroTable
  let function: FunctionBody

  /// The first of some statements that may change what a captured expression reads when it runs: a variable in it is
  /// assigned, or memory behind a pointer may be stored to.
  func changer(of expression: Expression, among statements: [Statement]) -> Statement? {
    let variables = expression.variables
    if statements.isEmpty || expression.readsMemory || variables.contains(where: function.takesAddress) {
      return statements.first
    }
    return statements.first { statement in variables.contains { mayWrite($0, statement) } }
  }

  /// Whether the statement itself assigns the variable, by name.
  func assigns(_ name: String, _ statement: Statement) -> Bool {
    statement.mayAssign(name) || statement.identifiers.contains { macros.mentions(name, in: $0) }
  }

  private func mayWrite(_ name: String, _ statement: Statement) -> Bool {
    assigns(name, statement) || passesToMacro(name, statement)
  }

  /// A macro may assign its argument.
  private func passesToMacro(_ name: String, _ statement: Statement) -> Bool {
    let identifiers = statement.identifiers
    return identifiers.contains(name) && identifiers.contains { $0 != name && macros.mayChangeArgument($0) }
  }
}

extension Expression {
  /// The names of variables in the expression.
  var variables: Set<String> {
    switch self {
    case .variable(let name): [name]
    case .integer: []
    case .member(let base, _), .arrow(let base, _), .element(let base, _), .dereference(let base),
      .addressOf(let base), .cast(_, let base), .containerOf(let base, _, _):
      base.variables
    }
  }

  /// Whether the expression reads memory that other names reach as well.
  var readsMemory: Bool {
    switch self {
    case .variable, .integer: false
    case .member(let base, _), .cast(_, let base): base.readsMemory
    case .addressOf: false
    case .arrow, .element, .dereference, .containerOf: true
    }
  }
}
