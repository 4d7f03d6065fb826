extension CountObservations {
  /// Sums of more groups are not solved.
  private static let most = 1500

  /// What is known of a form from all other ones: the statements that are passed as often by themselves left out.
  ///
  /// - Returns: nil when that does not determine it, or the function is too long.
  func answer(for form: CountForm) -> CountSystem.Answer? {
    system { $0.form != form || $0.source != .statements }?.answer(for: form)
  }

  /// What is known of a form from all that is said.
  ///
  /// - Returns: nil when that does not determine it, or the function is too long.
  func known(_ form: CountForm) -> CountSystem.Answer? { system { _ in true }?.answer(for: form) }

  private func system(of isTaken: (Group) -> Bool) -> CountSystem? {
    guard groups.count <= Self.most else { return nil }
    var system = CountSystem()
    for index in byWeight where isTaken(groups[index]) { add(index, to: &system) }
    return system
  }

  /// The groups that are most to be relied on first.
  private var byWeight: [Int] {
    groups.indices.sorted { (groups[$1].weight, $0) < (groups[$0].weight, $1) }
  }

  @discardableResult
  private func add(_ index: Int, to system: inout CountSystem) -> CountSystem.Check? {
    let group = groups[index]
    return system.add(group.form, group.votes[0].number, votes: group.weight, index: index)
  }

  // MARK: weighing

  /// Weighs the groups: what follows from others and fits them makes all of these more to be relied on, what does not fit
  /// makes them less.
  mutating func weigh() {
    for index in groups.indices { groups[index].weight = groups[index].votes[0].count }
    guard groups.count <= Self.most else { return }
    for _ in 0..<Self.rounds {
      let fitting = fitting()
      for index in groups.indices {
        groups[index].weight =
          groups[index].votes[0].count + min(fitting.fits[index], Self.heaviest)
          - min(fitting.misfits[index], Self.heaviest)
      }
    }
  }

  /// The order of the groups says which of them follow from others: their weights change it.
  private static let rounds = 3
  private static let heaviest = 3

  /// How many sums of groups hold that a group is part of, and how many do not.
  private func fitting() -> (fits: [Int], misfits: [Int]) {
    var system = CountSystem()
    var fits = [Int](repeating: 0, count: groups.count)
    var misfits = fits
    for index in byWeight {
      guard let check = add(index, to: &system) else { continue }
      for term in check.terms where term.value != 0 {
        if check.holds { fits[term.key] += 1 } else { misfits[term.key] += 1 }
      }
    }
    return (fits, misfits)
  }

  // MARK: what an answer is made of

  /// What an answer adds up, as an equation; nil when that is longer than anyone would read, or not about addresses alone.
  func equation(of answer: CountSystem.Answer) -> Confirmation? {
    let terms = answer.terms.filter { $0.value != 0 }.sorted { $0.key < $1.key }.flatMap {
      index, factor -> [Confirmation.Term?] in
      let addresses = groups[index].votes[0].addresses
      let term =
        addresses.isEmpty ? nil : Confirmation.Term(isAdded: factor > 0, variants: [addresses])
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
}
