extension Statement {
  /// The jumps in the statement, itself included, that leave it elsewhere than at its end, as it is written, in
  /// source order; nil when control may also come in or go out in ways that cannot be seen: a label that a `goto`
  /// leads to, a macro that stands as a statement. Calls are taken to return.
  public var exits: [Statement]? {
    var finder = ExitFinder()
    finder.visit(self, bound: [])
    return finder.isKnown ? finder.exits : nil
  }

  /// Whether control that enters the statement at its begin always comes out at its end, as far as it is written.
  public var keepsControl: Bool { exits?.isEmpty ?? false }

  /// Whether control never comes out at the statement's end: it jumps elsewhere on every path that is written.
  public var neverCompletes: Bool {
    switch kind {
    case .return, .break, .continue, .goto: true
    case .compound: bodies.first?.neverCompletes ?? false
    case .if: bodies.count == 2 && bodies.allSatisfy(\.neverCompletes)
    case .expression, .declaration, .for, .while, .doWhile, .switch, .caseLabel, .defaultLabel, .label,
      .empty,
      .macroLoop, .macroBlock, .macro, .marker:
      false
    }
  }
}

extension Block {
  /// Whether control never comes out at the block's end.
  public var neverCompletes: Bool {
    statements.last { $0.kind != .marker && $0.kind != .empty }?.neverCompletes ?? false
  }

  /// The jumps in the block that leave its loop elsewhere than to the next iteration; nil as for a statement.
  public var exitsOfLoop: [Statement]? {
    var finder = ExitFinder()
    for statement in statements { finder.visit(statement, bound: [.continue]) }
    return finder.isKnown ? finder.exits : nil
  }
}

/// Collects the jumps that leave a statement.
private struct ExitFinder {
  private(set) var exits: [Statement] = []
  private(set) var isKnown = true

  /// What stays inside the statement that is asked about.
  struct Bound: OptionSet {
    let rawValue: Int
    static let `break` = Bound(rawValue: 1)
    static let `continue` = Bound(rawValue: 2)
    static let labels = Bound(rawValue: 4)
  }

  mutating func visit(_ statement: Statement, bound: Bound) {
    switch statement.kind {
    case .return, .goto: exits.append(statement)
    case .break: if !bound.contains(.break) { exits.append(statement) }
    case .continue: if !bound.contains(.continue) { exits.append(statement) }
    case .caseLabel, .defaultLabel: if !bound.contains(.labels) { isKnown = false }
    case .label, .macroLoop, .macroBlock, .macro: isKnown = false
    case .expression, .declaration, .empty, .marker, .if, .compound: visitBodies(of: statement, bound: bound)
    case .for, .while, .doWhile: visitBodies(of: statement, bound: [.break, .continue])
    case .switch: visitBodies(of: statement, bound: bound.union([.break, .labels]))
    }
  }

  private mutating func visitBodies(of statement: Statement, bound: Bound) {
    for body in statement.bodies {
      for inner in body.statements { visit(inner, bound: bound) }
    }
  }
}
