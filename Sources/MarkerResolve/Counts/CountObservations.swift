/// What a body's rows and code say of how often the places of its source are passed.
struct CountObservations {
  /// What says so.
  enum Source {
    /// The rows and calls of the statements that are passed as often.
    case statements
    /// Their stores.
    case stores
    /// Jumps that decide.
    case decisions
    /// The function that the body is inlined into.
    case caller
  }

  private struct Place: Hashable {
    let form: CountForm
    let source: Source
  }

  /// All that one source says of one form.
  struct Group {
    let form: CountForm
    let source: Source
    /// The numbers that the readings have, those of most statements first.
    fileprivate(set) var votes: [Vote] = []
    /// How far the first number is to be relied on: the more of the others it fits, the more.
    var weight = 0

    fileprivate mutating func vote(for number: PassCounts.Number, at addresses: Set<UInt64>, isPlainest: Bool)
    {
      let index = votes.firstIndex { $0.number == number } ?? votes.count
      if index == votes.count { votes.append(Vote(number: number, addresses: addresses)) }
      votes[index].count += 1
      votes[index].plainest += isPlainest ? 1 : 0
    }
  }

  struct Vote {
    let number: PassCounts.Number
    /// Those of the first reading that has it; empty when it is known without.
    let addresses: Set<UInt64>
    /// How many statements have a reading with the number, and how many have it as the plainest one.
    fileprivate(set) var count = 0
    fileprivate var plainest = 0
  }

  /// None is without a number.
  var groups: [Group] = []
  private var places: [Place: Int] = [:]

  // MARK: adding

  /// Adds the readings of one statement: sets of addresses with their numbers, the plainest first.
  mutating func add(
    _ form: CountForm, _ readings: [(number: PassCounts.Number, addresses: Set<UInt64>)], from source: Source
  ) {
    guard !readings.isEmpty, !form.isZero else { return }
    let key = Place(form: form, source: source)
    let place = places[key] ?? groups.count
    if place == groups.count {
      places[key] = place
      groups.append(Group(form: form, source: source))
    }
    for (index, reading) in readings.enumerated() {
      groups[place].vote(for: reading.number, at: reading.addresses, isPlainest: index == 0)
    }
  }

  /// Puts the numbers of each form in order.
  mutating func order() {
    for index in groups.indices {
      groups[index].votes = groups[index].votes.enumerated().sorted {
        ($1.element.count, $1.element.plainest, $0.offset) < (
          $0.element.count, $0.element.plainest, $1.offset
        )
      }.map(\.element)
    }
  }

  // MARK: asking

  /// The numbers that the statements give that are passed as often as a form.
  func numbers(of form: CountForm) -> [PassCounts.Number] { votes(of: form).map(\.number) }

  /// How many statements give a number that are passed as often as a form.
  func votes(for number: PassCounts.Number, of form: CountForm) -> Int {
    votes(of: form).first { $0.number == number }?.count ?? 0
  }

  private func votes(of form: CountForm) -> [Vote] {
    places[Place(form: form, source: .statements)].map { groups[$0].votes } ?? []
  }

  /// How a number stands among those that the statements give that are passed as often as a form.
  enum Standing: Int, Comparable {
    /// Some statement gives it, and none another one.
    case alone
    /// More statements give it than all others together.
    case ahead
    /// No other one is given by more statements.
    case level
    case behind

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// nil when no statement gives it.
  func standing(of number: PassCounts.Number, for form: CountForm) -> Standing? {
    let all = votes(of: form)
    guard let own = all.first(where: { $0.number == number })?.count else { return nil }
    if all.count == 1 { return .alone }
    if all.contains(where: { $0.count > own }) { return .behind }
    return own * 2 > all.map(\.count).reduce(0, +) ? .ahead : .level
  }
}
