import CSource
import Elfutils

/// Collects what the rows and calls of one body's statements say of how often they are passed.
struct CountObserver {
  let rows: StatementRows
  let counts: SourceCounts
  let numbers: PassCounts
  let calls: CallPlaces
  /// nil when the code cannot be decoded.
  let effects: StatementEffects?
  /// Whether the body begins where its function does.
  let beginsFunction: Bool
  /// What the caller says of how often an inlined body is entered; nil when that is not known.
  let entered: CountSystem.Answer?

  private var flow: StatementFlow { StatementFlow(macros: rows.file.macros) }

  func observe() -> CountObservations {
    var result = CountObservations()
    observeEntry(&result)
    for statement in counts.statements where !statement.isCodeless && !statement.isLabel {
      observe(statement, &result)
      guard let form = counts.begins[statement] else { continue }
      observeStores(of: statement, form, &result)
      for call in statement.certainCalls where !rows.file.macros.isMacro(call.name) {
        add(form, [calls.addresses(of: call)], &result)
      }
    }
    result.order()
    if let effects {
      DecisionObserver(rows: rows, effects: effects, numbers: numbers, counts: counts).observe(&result)
    }
    result.order()
    result.weigh()
    return result
  }

  private func observeStores(of statement: Statement, _ form: CountForm, _ result: inout CountObservations) {
    guard statement.kind == .expression, let places = effects?.places(of: statement), !places.isEmpty,
      let number = numbers.number(of: places)
    else { return }
    result.add(form, [(number, places)], from: .stores)
  }

  /// The entry of a function counts as several statements, unless control comes back to it, or it is that of an inlined
  /// body, which may have moved.
  private func observeEntry(_ result: inout CountObservations) {
    if let entered {
      for _ in 0..<max(1, min(3, entered.votes)) {
        result.add(counts.entry, [(entered.number, [])], from: .caller)
      }
    }
    guard beginsFunction, let entry = rows.instance.die.entryPC else { return }
    let isCertain =
      !rows.instance.isInlined
      && rows.graph.map { graph in graph.blocks[graph.entry].predecessors.isEmpty } == true
    for _ in 0..<(isCertain ? 3 : 1) { add(counts.entry, [[entry]], &result) }
  }

  private func observe(_ statement: Statement, _ result: inout CountObservations) {
    let condition = counts.conditions[statement]
    switch statement.kind {
    case .for:
      observe(statement.forHead?.initialization, counts.begins[statement], &result)
      observe(statement.forHead?.condition, condition, &result)
      observe(statement.forHead?.step, counts.steps[statement], &result)
    case .while, .doWhile: observe(statement.head, condition, &result)
    case .compound: break
    case .expression, .declaration, .if, .switch, .caseLabel, .defaultLabel, .label, .return, .break,
      .continue, .goto,
      .empty, .macroLoop, .macroBlock, .macro, .marker:
      guard let form = counts.begins[statement] else { return }
      add(form, rows.begins(of: statement, flow: flow).map(\.addresses), &result)
    }
  }

  private func observe(_ part: SourceExtent?, _ form: CountForm?, _ result: inout CountObservations) {
    guard let part, let form else { return }
    let found = rows.frontier(line: part.start.line, column: part.start.column)
    add(form, rows.variants(found, mayLead: false).map(\.addresses), &result)
  }

  /// Adds the readings of one statement's rows that have numbers, each number once.
  private func add(_ form: CountForm, _ readings: [Set<UInt64>], _ result: inout CountObservations) {
    var found: [(number: PassCounts.Number, addresses: Set<UInt64>)] = []
    for reading in readings where !reading.isEmpty {
      guard let number = numbers.number(of: reading), !found.contains(where: { $0.number == number }) else {
        continue
      }
      found.append((number, reading))
    }
    result.add(form, found, from: .statements)
  }
}
