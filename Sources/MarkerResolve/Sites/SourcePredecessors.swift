import CSource

/// The source lines that control can come from to a statement, by the source's own flow.
struct SourcePredecessors {
  /// nil: from anywhere in the function (a goto label).
  private(set) var lines: [ClosedRange<Int>]? = []
  private(set) var includesOutside = false
  /// Whether a statement is known to have left its row wherever control passed it: what stands above need not be
  /// looked at.
  private let isKept: (Statement) -> Bool

  /// - Parameter line: the line of the statement that is arrived at, which stands in the block or is the marker's
  ///   own line.
  init(arrivingAt line: Int, in block: Block, isKept: @escaping (Statement) -> Bool = { _ in false }) {
    self.isKept = isKept
    let statement = block.statements.first { $0.extent.start.line >= line }
    add(block, before: statement?.extent.start.offset ?? Int.max)
  }

  /// Also allows the statement itself that begins on a line of the block.
  mutating func allowStatement(on line: Int, in block: Block) {
    if let statement = block.statements.first(where: { $0.extent.start.line == line }) {
      allow(statement.extent.lines)
    }
  }

  func allows(_ place: BegunStatements.Place) -> Bool {
    switch place {
    case .outside: includesOutside
    case .twin: false
    case .line(let line): lines.map { $0.contains { $0.contains(line) } } ?? true
    }
  }

  private mutating func add(_ block: Block, before offset: Int) {
    var open = true
    for statement in block.statements.reversed() where statement.extent.start.offset < offset && open {
      switch statement.kind {
      case .label:
        lines = nil
        return
      case .caseLabel, .defaultLabel:
        allow(statement.extent.lines)
        if let head = enclosingSwitch(of: block) {
          allow(head.extent.start.line...(head.head?.end.line ?? head.extent.start.line))
        }
        // Behind a jump nothing falls into the label.
        if let above = statement.previousOrdinary, isJump(above) { open = false }
      case .expression, .declaration, .if, .for, .while, .doWhile, .switch, .return, .break, .continue, .goto,
        .compound, .empty, .macroLoop, .macroBlock, .macro, .marker:
        if addEnds(of: statement) { return }
      }
    }
    if open { addOwner(of: block) }
  }

  /// Allows the places where control comes out of a statement; whether it surely passes one of them.
  private mutating func addEnds(of statement: Statement) -> Bool {
    guard statement.kind == .if, isKept(statement), let head = statement.head else {
      allow(statement.extent.lines)
      return isKept(statement)
    }
    let branches = statement.bodies.filter { $0.role != .statementExpression }
    var isHeadLast = branches.count < 2
    for branch in branches where !branch.neverCompletes {
      if !addEnds(of: branch) { isHeadLast = true }
    }
    if isHeadLast { allow(statement.extent.start.line...max(statement.extent.start.line, head.end.line)) }
    return true
  }

  /// Allows the places where control comes out of a branch; whether it surely passes one of them.
  private mutating func addEnds(of branch: Block) -> Bool {
    for statement in branch.statements.reversed() {
      if statement.isLabel {
        lines = nil
        return true
      }
      if addEnds(of: statement) { return true }
    }
    return false
  }

  private mutating func addOwner(of block: Block) {
    guard let owner = block.owner else {
      includesOutside = true
      if let extent = block.extent { allow(block.function.extent.start.line...extent.start.line) }
      return
    }
    let first = owner.extent.start.line
    switch block.role {
    case .forBody, .whileBody, .doBody, .macroLoopBody, .macroBlockBody:
      allowIteration(of: block, in: owner)
      if owner.head == nil || block.role == .doBody { add(owner.block, before: owner.extent.start.offset) }
    case .compound, .statementExpression: add(owner.block, before: owner.extent.start.offset)
    case .thenBranch, .elseBranch, .switchBody, .function:
      allow(first...max(first, owner.head?.end.line ?? first))
    }
  }

  /// What control passes last before it comes to a loop's body again.
  private mutating func allowIteration(of body: Block, in loop: Statement) {
    var continues: [Statement] = []
    for statement in body.statements {
      guard let exits = statement.exits else { return allow(loop.extent.lines) }
      continues += exits.filter { $0.kind == .continue }
    }
    let first = loop.extent.start.line
    allow(first...max(first, body.extent?.start.line ?? first))
    if let head = loop.head { allow(head.lines) }
    for statement in continues { allow(statement.extent.lines) }
    for statement in body.statements.reversed() {
      allow(statement.extent.lines)
      if !statement.isCodeless { return }
    }
  }

  private mutating func allow(_ range: ClosedRange<Int>) { lines?.append(range) }

  private func isJump(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .break, .continue, .return, .goto: true
    case .compound: statement.bodies.last?.statements.last.map(isJump) ?? false
    case .expression, .declaration, .if, .for, .while, .doWhile, .switch, .caseLabel, .defaultLabel, .label,
      .empty,
      .macroLoop, .macroBlock, .macro, .marker:
      false
    }
  }

  private func enclosingSwitch(of block: Block) -> Statement? {
    var current: Block? = block
    while let here = current {
      if here.role == .switchBody { return here.owner }
      current = here.owner?.block
    }
    return nil
  }
}
