/// Where a marker stands among the statements of its function.
public struct Placement: Sendable, Hashable {
  /// The marker itself; nil when the line holds none, and the marker is thought to stand before `next`.
  public let marker: Statement?
  /// The innermost block around the marker.
  public let block: Block
  /// The nearest statement before it in the block that is no marker; nil when it is the first.
  public let previous: Statement?
  /// The nearest statement behind it in the block that is no marker; nil when the marker is the last.
  public let next: Statement?

  public var function: FunctionBody { block.function }

  /// `next` and all statements behind it in the block, markers left out.
  public var following: [Statement] {
    var statements: [Statement] = []
    var current = next
    while let statement = current {
      statements.append(statement)
      current = statement.nextOrdinary
    }
    return statements
  }

  /// The label that the marker stands behind in a switch: the last `case` or `default` before it in the body of
  /// the switch, also when the marker itself is nested deeper in braces that follow the label; nil outside.
  public var caseLabel: Statement? {
    var current = marker?.previous ?? previous
    var block = block
    while true {
      while let statement = current {
        if statement.kind == .caseLabel || statement.kind == .defaultLabel { return statement }
        current = statement.previous
      }
      guard block.role == .compound, let owner = block.owner else { return nil }
      current = owner.previous
      block = owner.block
    }
  }

  /// Where control goes behind the marker when nothing between jumps elsewhere.
  public var successor: Successor {
    if let next { return .statement(next) }
    return Successor(behind: block)
  }
}

/// Where control goes behind a place in a block.
public enum Successor: Sendable, Hashable {
  /// To the statement, in the same or an outer block.
  case statement(Statement)
  /// To the step of the `for` statement.
  case loopStep(Statement)
  /// To the controlling expression of the loop: of `while`, `do`, a `for` without step, or a macro that loops.
  case loopCondition(Statement)
  /// To the rest of the statement whose expression holds the block.
  case enclosingExpression(Statement)
  /// To what the macro with the block as its body makes of it: back to its head, or behind it.
  case unknown(Statement)
  /// Out of the function.
  case functionEnd

  /// Where control goes behind the last statement of a block.
  public init(behind block: Block) {
    var block = block
    while let owner = block.owner {
      switch block.role {
      case .forBody:
        self = owner.forHead?.step == nil ? .loopCondition(owner) : .loopStep(owner)
        return
      case .macroBlockBody:
        self = .unknown(owner)
        return
      case .whileBody, .doBody, .macroLoopBody:
        self = .loopCondition(owner)
        return
      case .statementExpression:
        self = .enclosingExpression(owner)
        return
      case .function, .thenBranch, .elseBranch, .switchBody, .compound:
        if let next = owner.nextOrdinary {
          self = .statement(next)
          return
        }
        block = owner.block
      }
    }
    self = .functionEnd
  }
}

extension Statement {
  /// The next statement of the block that is no marker; nil when there is none.
  public var nextOrdinary: Statement? {
    var current = next
    while let statement = current, statement.kind == .marker { current = statement.next }
    return current
  }

  /// The nearest statement before this one in the block that is no marker; nil when there is none.
  public var previousOrdinary: Statement? {
    var current = previous
    while let statement = current, statement.kind == .marker { current = statement.previous }
    return current
  }
}

extension Placement {
  /// Whether control may pass the marker twice in one call of its function, as far as the source shows: a loop or
  /// a macro with a body stands around it, or the function has a label that a `goto` may lead back to.
  public var mayRepeat: Bool {
    var current: Block? = block
    while let here = current {
      if here.role.isLoop || here.role == .macroBlockBody || here.role == .statementExpression { return true }
      current = here.owner?.block
    }
    return function.hasLabel
  }
}

extension FunctionBody {
  /// Whether a label that a `goto` may lead to stands anywhere in the function.
  public var hasLabel: Bool {
    var pending = [body]
    while let block = pending.popLast() {
      for statement in block.statements {
        if statement.kind == .label || statement.kind == .macro { return true }
        pending += statement.bodies
      }
    }
    return false
  }
}

extension Block {
  /// The loop around the block's statements when no other loop stands in it; else nil.
  public var innermostLoop: Statement? {
    var current: Block? = self
    while let here = current {
      if here.role.isLoop { return here.hasLoop ? nil : here.owner }
      current = here.owner?.block
    }
    return nil
  }

  private var hasLoop: Bool {
    statements.contains { $0.bodies.contains { $0.role.isLoop || $0.hasLoop } }
  }

  /// The `if` or `switch` that chooses whether control enters the block; nil when nothing, or a loop, does.
  public var branch: Statement? {
    var current: Block? = self
    while let here = current {
      switch here.role {
      case .thenBranch, .elseBranch, .switchBody: return here.owner
      case .compound: current = here.owner?.block
      case .function, .forBody, .whileBody, .doBody, .macroLoopBody, .macroBlockBody, .statementExpression:
        return nil
      }
    }
    return nil
  }
}
