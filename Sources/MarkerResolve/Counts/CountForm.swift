/// How often a place of the source is passed, as a sum of unknown numbers: how often the decisions of the source go each
/// way. Forms of one function can be added and compared.
struct CountForm: Hashable {
  /// The factors of the unknowns, by their number; none is 0.
  private(set) var factors: [Int: Int] = [:]

  static let zero = CountForm()

  init() {}
  init(unknown: Int) { factors[unknown] = 1 }

  var isZero: Bool { factors.isEmpty }

  /// Adds another form some times. Arithmetic is modulo 2^64, as that of `PassCounts.Number` is.
  mutating func add(_ other: CountForm, times factor: Int) {
    for (unknown, value) in other.factors {
      let sum = factors[unknown, default: 0] &+ value &* factor
      factors[unknown] = sum == 0 ? nil : sum
    }
  }

  static func + (left: Self, right: Self) -> Self {
    var result = left
    result.add(right, times: 1)
    return result
  }

  static func - (left: Self, right: Self) -> Self {
    var result = left
    result.add(right, times: -1)
    return result
  }

  static func += (left: inout Self, right: Self) { left.add(right, times: 1) }
}
