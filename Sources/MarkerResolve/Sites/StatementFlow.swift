import CSource

/// How control passes through statements, with what the unit's macros hide taken into account.
struct StatementFlow {
  let macros: MacroTable

  /// Whether control that enters the statement at its begin always comes out at its end, as far as the source
  /// shows: no jump out of it and no label in it, written or in a macro. Calls are taken to return.
  func isStraight(_ statement: Statement) -> Bool {
    isWrittenStraight(statement) && !statement.identifiers.contains { macros.mayJump($0) }
  }

  /// Whether the statement is, or may be, a macro that expands to several statements: they share one line and
  /// column.
  func hidesStatements(_ statement: Statement) -> Bool {
    statement.identifiers.contains { macros.hasStatements($0) }
  }

  private func isWrittenStraight(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .expression, .declaration, .empty, .marker, .if, .compound:
      statement.bodies.allSatisfy { $0.statements.allSatisfy(isWrittenStraight) }
    case .for, .while, .doWhile: statement.bodies.allSatisfy { isStraightInside($0, loop: true) }
    case .switch: statement.bodies.allSatisfy { isStraightInside($0, loop: false) }
    case .caseLabel, .defaultLabel, .label, .return, .break, .continue, .goto, .macroLoop, .macroBlock,
      .macro:
      false
    }
  }

  /// Like `isWrittenStraight`, but what stays inside the loop or switch around the block is no jump out of it:
  /// `break`, `case`, and in a loop `continue`.
  private func isStraightInside(_ block: Block, loop: Bool) -> Bool {
    block.statements.allSatisfy { statement in
      switch statement.kind {
      case .break, .caseLabel, .defaultLabel: true
      case .continue: loop
      case .if, .compound: statement.bodies.allSatisfy { isStraightInside($0, loop: loop) }
      case .switch: statement.bodies.allSatisfy { isStraightInside($0, loop: loop) }
      case .expression, .declaration, .for, .while, .doWhile, .label, .return, .goto, .empty, .macroLoop,
        .macroBlock,
        .macro,
        .marker:
        isWrittenStraight(statement)
      }
    }
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
