/// What is known of how often the places of a function are passed: forms of the source, each with the number of the
/// addresses that are passed as often. Solved by elimination; what contradicts earlier knowledge is left out.
struct CountSystem {
  private struct Row {
    let form: CountForm
    let number: PassCounts.Number
    /// The least of the votes that it depends on.
    let votes: Int
    /// What was added up to it, by index, with factors.
    let terms: [Int: Int]
    /// An unknown of the form with factor 1 or -1; no later row has it.
    let pivot: Int
  }

  /// A number that follows from others.
  struct Answer {
    let number: PassCounts.Number
    /// The least number of statements that say the same of one place that it depends on.
    let votes: Int
    /// What is added up to it, by index, with factors.
    let terms: [Int: Int]
  }

  private var rows: [Row] = []

  /// A sum of what was added that follows from its forms alone.
  struct Check {
    /// Whether the numbers add up to nothing, as the forms do.
    let holds: Bool
    /// What is added up, by index, with factors.
    let terms: [Int: Int]
  }

  /// Adds that a form has a number; nothing when that follows from what is known or contradicts it, or has no unknown that
  /// it could be solved for.
  ///
  /// - Parameter index: of what says so.
  /// - Returns: nil when the form does not follow from those that are known.
  @discardableResult
  mutating func add(_ form: CountForm, _ number: PassCounts.Number, votes: Int, index: Int) -> Check? {
    let rest = reduced(Row(form: form, number: number, votes: votes, terms: [index: 1], pivot: 0))
    if rest.form.isZero { return Check(holds: rest.number == .zero, terms: rest.terms) }
    guard let pivot = rest.form.factors.filter({ $0.value == 1 || $0.value == -1 }).keys.max() else {
      return nil
    }
    rows.append(
      Row(form: rest.form, number: rest.number, votes: rest.votes, terms: rest.terms, pivot: pivot))
    return nil
  }

  /// The number of a form; nil when what is known does not determine it.
  func answer(for form: CountForm) -> Answer? {
    let rest = reduced(Row(form: form, number: .zero, votes: Int.max, terms: [:], pivot: 0))
    guard rest.form.isZero else { return nil }
    return Answer(number: .zero &- rest.number, votes: rest.votes, terms: rest.terms.mapValues { 0 &- $0 })
  }

  /// A form less what is known.
  func rest(of form: CountForm) -> CountForm {
    reduced(Row(form: form, number: .zero, votes: 0, terms: [:], pivot: 0)).form
  }

  /// A row less what is known.
  private func reduced(_ row: Row) -> Row {
    var (form, number, votes, terms) = (row.form, row.number, row.votes, row.terms)
    for known in rows {
      guard let factor = form.factors[known.pivot], let sign = known.form.factors[known.pivot] else {
        continue
      }
      let times = 0 &- factor &* sign
      form.add(known.form, times: times)
      number &+= known.number &* UInt64(bitPattern: Int64(times))
      votes = min(votes, known.votes)
      terms.merge(known.terms.mapValues { times &* $0 }) { $0 &+ $1 }
    }
    return Row(form: form, number: number, votes: votes, terms: terms, pivot: row.pivot)
  }
}
