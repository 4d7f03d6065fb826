/// What the rows and calls of a body's statements say of how often they are passed.
struct CountObservations {
  /// All that is said of one form.
  private struct Group {
    let form: CountForm
    /// The numbers that the readings of the statements' rows have, those of most statements first.
    var votes: [Vote] = []

    mutating func vote(for number: PassCounts.Number, at addresses: Set<UInt64>, isPlainest: Bool) {
      let index = votes.firstIndex { $0.number == number } ?? votes.count
      if index == votes.count { votes.append(Vote(number: number, addresses: addresses)) }
      votes[index].count += 1
      votes[index].plainest += isPlainest ? 1 : 0
    }
  }

  private struct Vote {
    let number: PassCounts.Number
    /// Those of the first reading that has it.
    let addresses: Set<UInt64>
    /// How many statements have a reading with the number, and how many have it as the plainest one.
    var count = 0
    var plainest = 0
  }

  private var groups: [Group] = []
  private var places: [CountForm: Int] = [:]

  /// Sums of more groups are not solved.
  private static let most = 1500

  // MARK: answers

  /// What is known of a form from all other ones: the statements that are passed as often by themselves left out.
  ///
  /// - Returns: nil when that does not determine it, or the function is too long.
  func answer(for form: CountForm) -> CountSystem.Answer? {
    guard groups.count <= Self.most else { return nil }
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

  /// What an answer would be if one of the sums that it adds up had another number that statements give for it.
  func alternatives(to answer: CountSystem.Answer) -> [PassCounts.Number] {
    answer.terms.sorted { $0.key < $1.key }.flatMap { index, factor -> [PassCounts.Number] in
      let votes = groups[index].votes
      return votes.dropFirst().map {
        answer.number &+ ($0.number &- votes[0].number) &* UInt64(bitPattern: Int64(factor))
      }
    }
  }

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

  // MARK: adding

  /// Adds the readings of one statement's rows: sets of addresses with their numbers, the plainest first.
  mutating func add(_ form: CountForm, _ readings: [(number: PassCounts.Number, addresses: Set<UInt64>)]) {
    guard !readings.isEmpty, !form.isZero else { return }
    let place = places[form] ?? groups.count
    if place == groups.count {
      places[form] = place
      groups.append(Group(form: form))
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
}
