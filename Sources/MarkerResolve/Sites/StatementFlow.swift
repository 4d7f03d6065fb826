import CSource

extension Statement {
  /// Whether the statement generates no code of its own and stands for nothing that runs.
  var isCodeless: Bool {
    switch kind {
    case .empty, .marker: true
    case .declaration: !hasInitializer
    case .expression, .if, .for, .while, .doWhile, .switch, .caseLabel, .defaultLabel, .label, .return, .break,
      .continue, .goto, .compound, .macroLoop, .macro:
      false
    }
  }

  /// Whether control that enters the statement at its begin always comes out at its end, as far as the source
  /// shows: no jump out of it and no label in it. Calls are taken to return.
  var isStraight: Bool {
    switch kind {
    case .expression, .declaration, .empty, .marker: bodies.allSatisfy(\.isStraight)
    case .if, .compound: bodies.allSatisfy(\.isStraight)
    case .for, .while, .doWhile, .switch: bodies.allSatisfy { $0.isStraightLoopBody }
    case .caseLabel, .defaultLabel, .label, .return, .break, .continue, .goto, .macroLoop, .macro: false
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

extension Block {
  var isStraight: Bool { statements.allSatisfy(\.isStraight) }

  /// Like `isStraight`, but `break`, `continue` and `case` stay inside the loop or switch around the block.
  var isStraightLoopBody: Bool {
    statements.allSatisfy { statement in
      switch statement.kind {
      case .break, .continue, .caseLabel, .defaultLabel: true
      case .if, .compound: statement.bodies.allSatisfy(\.isStraightLoopBody)
      default: statement.isStraight
      }
    }
  }
}
