import CSource
import Elfutils

/// What the rows and calls of a body's statements say of how often they are passed.
struct CountObservations {
  /// All that is said of one form.
  struct Group {
    let form: CountForm
    /// The numbers that the readings of the statements' rows have, those of most statements first.
    fileprivate(set) var votes: [Vote] = []
  }

  struct Vote {
    let number: PassCounts.Number
    /// Those of the first reading that has it.
    let addresses: Set<UInt64>
    /// How many statements have a reading with the number, and how many have it as the plainest one.
    fileprivate(set) var count = 0
    fileprivate(set) var plainest = 0
  }

  private(set) var groups: [Group] = []
  private var places: [CountForm: Int] = [:]
  private let rows: StatementRows
  private let numbers: PassCounts
  private let flow: StatementFlow

  init(
    rows: StatementRows, counts: SourceCounts, numbers: PassCounts, calls: CallPlaces, beginsFunction: Bool
  ) {
    self.rows = rows
    self.numbers = numbers
    flow = StatementFlow(macros: rows.file.macros)
    if beginsFunction, let entry = rows.instance.die.entryPC { observeEntry(counts.entry, entry) }
    for statement in counts.statements where !statement.isCodeless && !statement.isLabel {
      observe(statement, counts)
      guard let form = counts.begins[statement] else { continue }
      for call in statement.certainCalls where !rows.file.macros.isMacro(call.name) {
        note(form, [calls.addresses(of: call)])
      }
    }
    for index in groups.indices {
      groups[index].votes = groups[index].votes.enumerated().sorted {
        ($1.element.count, $1.element.plainest, $0.offset) < (
          $0.element.count, $0.element.plainest, $1.offset
        )
      }.map(\.element)
    }
  }

  /// So many statements are worth what is certain.
  private static let certain = 3

  /// What is known of a form from all other ones: the statements that are passed as often by themselves left out.
  func answer(for form: CountForm) -> CountSystem.Answer? {
    var system = CountSystem()
    let others = groups.enumerated().filter { $0.element.form != form }.sorted {
      ($1.element.votes[0].count, $0.offset) < ($0.element.votes[0].count, $1.offset)
    }
    for (index, group) in others {
      system.add(group.form, group.votes[0].number, votes: group.votes[0].count, index: index)
    }
    return system.answer(for: form)
  }

  /// What an answer adds up, as an equation; nil when that is longer than anyone would read.
  func equation(of answer: CountSystem.Answer) -> Confirmation? {
    let terms = answer.terms.sorted { $0.key < $1.key }.flatMap { index, factor -> [Confirmation.Term] in
      let term = Confirmation.Term(isAdded: factor > 0, variants: [groups[index].votes[0].addresses])
      return Array(repeating: term, count: Int(clamping: min(factor.magnitude, UInt(Self.longest))))
    }
    return terms.count < Self.longest ? Confirmation(terms) : nil
  }

  private static let longest = 12

  /// How a number stands among those that the statements give that are passed as often as a form.
  enum Standing: Int, Comparable {
    /// Some statement gives it, and none another one.
    case alone
    /// More statements give it than any other.
    case ahead
    /// As many statements give another one.
    case level
    case behind

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// nil when no statement gives it.
  func standing(of number: PassCounts.Number, for form: CountForm) -> Standing? {
    guard let votes = places[form].map({ groups[$0].votes }),
      let own = votes.first(where: { $0.number == number })
    else { return nil }
    if votes.count == 1 { return .alone }
    if votes.contains(where: { $0.count > own.count }) { return .behind }
    return votes.count { $0.count == own.count } > 1 ? .level : .ahead
  }

  // MARK: statements

  private mutating func observeEntry(_ form: CountForm, _ entry: UInt64) {
    for _ in 0..<Self.certain { note(form, [[entry]]) }
  }

  private mutating func observe(_ statement: Statement, _ counts: SourceCounts) {
    let condition = counts.conditions[statement]
    switch statement.kind {
    case .for:
      observe(statement.forHead?.initialization, counts.begins[statement])
      observe(statement.forHead?.condition, condition)
      observe(statement.forHead?.step, counts.steps[statement])
    case .while, .doWhile: observe(statement.head, condition)
    case .compound: break
    case .expression, .declaration, .if, .switch, .caseLabel, .defaultLabel, .label, .return, .break,
      .continue, .goto,
      .empty, .macroLoop, .macroBlock, .macro, .marker:
      guard let form = counts.begins[statement] else { return }
      note(form, rows.begins(of: statement, flow: flow).map(\.addresses))
    }
  }

  private mutating func observe(_ part: SourceExtent?, _ form: CountForm?) {
    guard let part, let form else { return }
    let found = rows.frontier(line: part.start.line, column: part.start.column)
    note(form, rows.variants(found, mayLead: false).map(\.addresses))
  }

  /// Notes the readings of one statement's rows.
  private mutating func note(_ form: CountForm, _ readings: [Set<UInt64>]) {
    var found: [(number: PassCounts.Number, addresses: Set<UInt64>)] = []
    for reading in readings where !reading.isEmpty {
      guard let number = numbers.number(of: reading), !found.contains(where: { $0.number == number }) else {
        continue
      }
      found.append((number, reading))
    }
    guard !found.isEmpty, !form.isZero else { return }
    let place = places[form] ?? groups.count
    if place == groups.count {
      places[form] = place
      groups.append(Group(form: form))
    }
    for (index, reading) in found.enumerated() {
      groups[place].vote(for: reading.number, at: reading.addresses, isPlainest: index == 0)
    }
  }
}

extension CountObservations.Group {
  fileprivate mutating func vote(for number: PassCounts.Number, at addresses: Set<UInt64>, isPlainest: Bool) {
    let index = votes.firstIndex { $0.number == number } ?? votes.count
    if index == votes.count { votes.append(CountObservations.Vote(number: number, addresses: addresses)) }
    votes[index].count += 1
    votes[index].plainest += isPlainest ? 1 : 0
  }
}
