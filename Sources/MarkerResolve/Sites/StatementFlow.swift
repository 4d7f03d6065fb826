import CSource

/// How control passes through statements, with what the unit's macros hide taken into account.
struct StatementFlow {
  let macros: MacroTable

  /// Whether control that enters the statement at its begin always comes out at its end, as far as the source
  /// shows: no jump out of it and no label in it, written or in a macro. Calls are taken to return.
  func isStraight(_ statement: Statement) -> Bool {
    exits(of: statement)?.isEmpty ?? false
  }

  /// The statements that control passes straight through, the nearest first.
  ///
  /// - Parameter endsBehindJump: also the first one that it does not, at which it begins all the same.
  func straight(
    from first: Statement?, next: KeyPath<Statement, Statement?>, endsBehindJump: Bool
  ) -> [Statement] {
    var result: [Statement] = []
    var current = first
    while let statement = current, !statement.isLabel, result.count < 8 {
      let isStraight = isStraight(statement)
      if isStraight || endsBehindJump { result.append(statement) }
      if !isStraight { break }
      current = statement[keyPath: next]
    }
    return result
  }

  /// The jumps out of the statement; nil when they are not all known.
  func exits(of statement: Statement) -> [Statement]? {
    statement.identifiers.contains { macros.mayJump($0) } ? nil : statement.exits
  }

  /// The jumps out of the loop of a body, `continue` not counted; nil when they are not all known.
  func exitsOfLoop(_ body: Block) -> [Statement]? {
    let mayJump = body.statements.contains { $0.identifiers.contains { macros.mayJump($0) } }
    return mayJump ? nil : body.exitsOfLoop
  }

  /// Whether the statement is, or may be, a macro that expands to several statements: they share one line and
  /// column.
  func hidesStatements(_ statement: Statement) -> Bool {
    statement.identifiers.contains { macros.hasStatements($0) }
  }
}

extension Statement {
  /// Whether the statement generates no code of its own and stands for nothing that runs.
  var isCodeless: Bool {
    switch kind {
    case .empty, .marker: true
    case .declaration: !hasInitializer
    case .expression, .if, .for, .while, .doWhile, .switch, .caseLabel, .defaultLabel, .label, .return,
      .break,
      .continue, .goto, .compound, .macroLoop, .macroBlock, .macro:
      false
    }
  }

  /// The first statement that runs when this one begins: a compound's first one, else itself.
  var firstRun: Statement? {
    guard kind == .compound else { return self }
    var current = bodies.first?.statements.first
    while let statement = current {
      if !statement.isCodeless { return statement.firstRun }
      current = statement.next
    }
    return nil
  }
}
