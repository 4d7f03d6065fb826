import CSource

/// How often control passes each place of a function's source, by the source's own control flow: what goes into a
/// statement comes out of it or jumps elsewhere. Calls are taken to return.
struct SourceCounts {
  /// The statements in the order of the source, markers included.
  private(set) var statements: [Statement] = []
  /// How often each statement is come to.
  private(set) var begins: [Statement: CountForm] = [:]
  /// How often the condition of a loop is evaluated.
  private(set) var conditions: [Statement: CountForm] = [:]
  /// How often the step of a `for` runs.
  private(set) var steps: [Statement: CountForm] = [:]
  /// What is decided by itself in the conditions of branches and loops.
  private(set) var decisions: [Decision] = []
  /// How often the end of a block is come to.
  private(set) var ends: [Block: CountForm] = [:]
  /// How often the function is entered.
  private(set) var entry: CountForm
  /// Sums that are 0.
  private var zeros: [CountForm] = []

  private let source: SourceFile
  private let flow: StatementFlow
  private var unknowns = 1
  private var depth = 0
  private var isComplete = true
  /// Whether some statement may jump to where the text does not show.
  private var hasHiddenJumps = false
  private var labels: [String: CountForm] = [:]
  private var gotos: [String: CountForm] = [:]
  /// What surrounds the statement that is looked at.
  private var surroundings: [Surrounding] = []

  /// A loop or switch around a statement.
  private struct Surrounding {
    let isSwitch: Bool
    var breaks = CountForm.zero
    var continues = CountForm.zero
    /// How often a switch jumps to its labels.
    var cases = CountForm.zero
    var hasDefault = false
    var isLeaky = false
  }

  /// A part of a condition that is tested by itself.
  struct Decision {
    /// The test with what compilers may give its place to in front of it.
    let extent: SourceExtent
    /// Whether it is one test, as far as the text shows.
    let isPlain: Bool
    /// Whether it is part of a loop's condition: where the first iteration is certain, it is not tested before that.
    let isOfLoop: Bool
    /// How often it is tested, holds and fails.
    var tested: CountForm
    var holds: CountForm
    var fails: CountForm
  }

  private static let deepest = 200
  /// So many factors may all forms have together.
  private static let most = 200_000
  private var factors = 0
  /// The names of the function's labels.
  private let labelNames: Set<String>

  /// - Returns: nil for a function that is nested too deeply or too long.
  init?(_ function: FunctionBody, in source: SourceFile, flow: StatementFlow) {
    self.source = source
    self.flow = flow
    labelNames = source.labels(in: function)
    entry = CountForm(unknown: 0)
    _ = pass(function.body, entry)
    guard isComplete else { return nil }
    if !hasHiddenJumps {
      for (name, label) in labels.sorted(by: { $0.key < $1.key }) {
        zeros.append(label - gotos[name, default: .zero])
      }
    }
    normalize()
  }

  /// Writes places that are passed equally often as one form.
  private mutating func normalize() {
    var known = CountSystem()
    for zero in zeros { known.add(zero, .zero, votes: 0, index: 0) }
    begins = begins.mapValues(known.rest)
    conditions = conditions.mapValues(known.rest)
    steps = steps.mapValues(known.rest)
    ends = ends.mapValues(known.rest)
    for index in decisions.indices {
      decisions[index].tested = known.rest(of: decisions[index].tested)
      decisions[index].holds = known.rest(of: decisions[index].holds)
      decisions[index].fails = known.rest(of: decisions[index].fails)
    }
    entry = known.rest(of: entry)
  }

  /// How often control passes a marker.
  func count(at placement: Placement) -> CountForm? {
    if let marker = placement.marker { return begins[marker] }
    if let next = placement.next { return begins[next] }
    return ends[placement.block]
  }

  // MARK: passing

  private mutating func unknown() -> CountForm {
    defer { unknowns += 1 }
    return CountForm(unknown: unknowns)
  }

  /// - Returns: how often control comes out at the block's end.
  private mutating func pass(_ block: Block, _ entering: CountForm) -> CountForm {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      isComplete = false
      return entering
    }
    var current = entering
    for statement in block.statements { current = pass(statement, current) }
    ends[block] = current
    return current
  }

  private mutating func pass(_ statement: Statement, _ entering: CountForm) -> CountForm {
    factors += entering.factors.count + 1
    if factors > Self.most { isComplete = false }
    guard isComplete else { return entering }
    statements.append(statement)
    begins[statement] = entering
    switch statement.kind {
    case .label, .caseLabel, .defaultLabel: return passLabel(statement, entering)
    case .if, .compound, .for, .while, .doWhile, .switch, .macroLoop, .macroBlock:
      let isLeaky = mayJump(inHeadOf: statement)
      if isLeaky { noteHiddenJump() }
      let leaving = passBodies(of: statement, isLeaky ? unknown() : entering)
      return isLeaky ? unknown() : leaving
    case .expression, .declaration, .macro, .empty, .marker: return passSimple(statement, entering)
    case .return, .break, .continue, .goto:
      for body in statement.bodies { _ = pass(body, unknown()) }
      // One that another configuration has need not be there at all.
      let isCompiled = statement.conditionalBranch == statement.surroundingBranch
      if !isCompiled { noteHiddenJump() }
      jump(statement, entering)
      return isCompiled ? .zero : unknown()
    }
  }

  private mutating func passLabel(_ label: Statement, _ entering: CountForm) -> CountForm {
    let jumping = unknown()
    if label.kind == .label {
      let name = label.name ?? ""
      if flow.macros.isMacro(name) { noteHiddenJump() }
      labels[name, default: .zero] += jumping
    } else if let index = surroundings.lastIndex(where: \.isSwitch) {
      surroundings[index].cases += jumping
      if label.kind == .defaultLabel { surroundings[index].hasDefault = true }
    }
    return entering + jumping
  }

  private mutating func jump(_ statement: Statement, _ entering: CountForm) {
    switch statement.kind {
    case .goto:
      guard let name = statement.name else { return noteHiddenJump() }
      gotos[name, default: .zero] += entering
    case .break:
      if let index = surroundings.indices.last { surroundings[index].breaks += entering }
    case .continue:
      if let index = surroundings.lastIndex(where: { !$0.isSwitch }) {
        surroundings[index].continues += entering
      }
    case .expression, .declaration, .if, .for, .while, .doWhile, .switch, .caseLabel, .defaultLabel, .label,
      .return,
      .compound, .empty, .macroLoop, .macroBlock, .macro, .marker:
      break
    }
  }

  private mutating func passSimple(_ statement: Statement, _ entering: CountForm) -> CountForm {
    for body in statement.bodies { _ = pass(body, unknown()) }
    let mayJump = mayJump(statement)
    if mayJump { noteHiddenJump() }
    return mayJump || !(statement.kind == .macro || statement.keepsControl) ? unknown() : entering
  }

  private mutating func noteHiddenJump() {
    hasHiddenJumps = true
    for index in surroundings.indices { surroundings[index].isLeaky = true }
  }

  /// Whether a statement jumps in a macro, or names a label: `asm goto`, `&&label`.
  private func mayJump(_ statement: Statement) -> Bool {
    if statement.kind == .macro, let name = statement.name, !flow.macros.isMacro(name) { return true }
    return statement.identifiers.contains { flow.macros.mayJump($0) || labelNames.contains($0) }
  }

  private func mayJump(inHeadOf statement: Statement) -> Bool {
    let names = statement.head.map(source.identifiers) ?? []
    return names.union([statement.name].compactMap { $0 }).contains { flow.macros.mayJump($0) }
  }

  // MARK: statements with bodies

  private mutating func passBodies(of statement: Statement, _ entering: CountForm) -> CountForm {
    for body in statement.bodies where body.role == .statementExpression { _ = pass(body, unknown()) }
    let bodies = statement.bodies.filter { $0.role != .statementExpression }
    guard let body = bodies.first else { return entering }
    switch statement.kind {
    case .if: return passBranches(statement, bodies, entering)
    case .switch: return passSwitch(body, entering)
    case .for, .while, .macroLoop: return passLoop(statement, body, entering)
    case .doWhile: return passDo(statement, body, entering)
    case .compound: return pass(body, entering)
    case .macroBlock, .expression, .declaration, .caseLabel, .defaultLabel, .label, .return, .break,
      .continue, .goto,
      .empty, .macro, .marker:
      noteHiddenJump()
      _ = pass(body, unknown())
      return unknown()
    }
  }

  private mutating func passBranches(_ branch: Statement, _ bodies: [Block], _ entering: CountForm)
    -> CountForm
  {
    let (holds, fails) = decide(branch, entering)
    let leaving = pass(bodies[0], holds)
    guard bodies.count > 1 else { return leaving + fails }
    return leaving + pass(bodies[1], fails)
  }

  private mutating func passSwitch(_ body: Block, _ entering: CountForm) -> CountForm {
    surroundings.append(Surrounding(isSwitch: true))
    let ending = pass(body, .zero)
    let inner = surroundings.removeLast()
    if inner.isLeaky { return unknown() }
    if inner.hasDefault { zeros.append(entering - inner.cases) }
    return ending + inner.breaks + (inner.hasDefault ? .zero : entering - inner.cases)
  }

  private mutating func passLoop(_ loop: Statement, _ body: Block, _ entering: CountForm) -> CountForm {
    let evaluated = unknown()
    let (iterating, leaving) = decide(loop, evaluated)
    surroundings.append(Surrounding(isSwitch: false))
    let again = pass(body, iterating)
    let inner = surroundings.removeLast()
    if inner.isLeaky { return unknown() }
    steps[loop] = again + inner.continues
    conditions[loop] = evaluated
    zeros.append(entering + again + inner.continues - evaluated)
    if isEndless(loop) { zeros.append(leaving) }
    return leaving + inner.breaks
  }

  private mutating func passDo(_ loop: Statement, _ body: Block, _ entering: CountForm) -> CountForm {
    let evaluated = unknown()
    let (repeating, leaving) = isNeverRepeated(loop) ? (.zero, evaluated) : decide(loop, evaluated)
    surroundings.append(Surrounding(isSwitch: false))
    let ending = pass(body, entering + repeating)
    let inner = surroundings.removeLast()
    if inner.isLeaky { return unknown() }
    conditions[loop] = evaluated
    zeros.append(ending + inner.continues - evaluated)
    return leaving + inner.breaks
  }

  // MARK: conditions

  /// How often the condition of a branch or loop holds, and how often it does not.
  private mutating func decide(_ statement: Statement, _ tested: CountForm) -> (CountForm, CountForm) {
    let head = statement.kind == .for ? statement.forHead?.condition : statement.head
    guard let head, statement.kind != .macroLoop else {
      let holds = unknown()
      return (holds, tested - holds)
    }
    let begin = statement.kind == .if || statement.kind == .while ? statement.extent : head
    return decide(source.condition(in: head), tested, from: begin, isOfLoop: statement.kind != .if)
  }

  /// - Parameter begin: where the first test begins; nil where its extent does.
  private mutating func decide(
    _ condition: Condition, _ tested: CountForm, from begin: SourceExtent?, isOfLoop: Bool
  )
    -> (CountForm, CountForm)
  {
    switch condition {
    case .test(let extent, let isPlain):
      let holds = unknown()
      decisions.append(
        Decision(
          extent: (begin ?? extent).through(extent), isPlain: isPlain, isOfLoop: isOfLoop, tested: tested,
          holds: holds, fails: tested - holds))
      return (holds, tested - holds)
    case .both(let left, let right):
      let first = decide(left, tested, from: begin, isOfLoop: isOfLoop)
      let second = decide(right, first.0, from: nil, isOfLoop: isOfLoop)
      return (second.0, first.1 + second.1)
    case .either(let left, let right):
      let first = decide(left, tested, from: begin, isOfLoop: isOfLoop)
      let second = decide(right, first.1, from: nil, isOfLoop: isOfLoop)
      return (first.0 + second.0, second.1)
    case .not(let inner):
      let (holds, fails) = decide(inner, tested, from: begin, isOfLoop: isOfLoop)
      return (fails, holds)
    }
  }

  /// Whether a loop's condition always holds: it is missing, or a number other than 0.
  private func isEndless(_ loop: Statement) -> Bool {
    if loop.kind == .while { return loop.head.map(isTrue) ?? false }
    guard loop.kind == .for, let head = loop.forHead else { return false }
    return head.condition.map(isTrue) ?? true
  }

  private func isTrue(_ extent: SourceExtent) -> Bool {
    ["1", "true", "True", "TRUE"].contains(source.text(extent))
  }

  /// Whether a loop's condition never holds, as in a macro's `do { … } while (0)`.
  private func isNeverRepeated(_ loop: Statement) -> Bool {
    loop.head.map { source.text($0) == "0" } ?? false
  }
}

extension SourceFile {
  /// The names of the labels of a function that a `goto` may lead to.
  fileprivate func labels(in function: FunctionBody) -> Set<String> {
    var result: Set<String> = []
    var pending = [function.body]
    while let block = pending.popLast() {
      for statement in block.statements {
        if statement.kind == .label, let name = statement.name { result.insert(name) }
        pending += statement.bodies
      }
    }
    return result
  }
}

extension Statement {
  /// The preprocessor branch around the block that the statement is in.
  fileprivate var surroundingBranch: Int? {
    block.owner?.conditionalBranch ?? block.function.conditionalBranch
  }
}
