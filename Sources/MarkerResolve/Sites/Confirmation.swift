import Elfutils

/// An equation of the source's control flow that has to hold for the marker's addresses: how often the begins of
/// other statements are passed, added and subtracted, is how often the marker is passed.
///
/// `if (c) return; M;` passes M as often as the `if` less the `return`. An equation can confirm addresses; it never
/// speaks against them, for the rows of any of its statements may be lost or shared.
struct Confirmation {
  struct Term {
    let isAdded: Bool
    /// The readings of a statement's begin; not empty.
    let variants: [Set<UInt64>]
  }

  let terms: [Term]

  /// Choices of readings that are tried at most.
  private static let mostCombinations = 64

  init?(_ terms: [Term?]) {
    let known = terms.compactMap { $0 }
    guard known.count == terms.count, known.contains(where: \.isAdded) else { return nil }
    let combinations = known.reduce(1) { min($0 * $1.variants.count, Self.mostCombinations + 1) }
    guard combinations <= Self.mostCombinations else { return nil }
    self.terms = known
  }

  /// A call that the source makes as often as it passes the marker.
  init?(call: Evidence) {
    self.init([Term(isAdded: true, variants: call.variants.map(\.addresses))])
  }

  /// Whether the addresses are passed as often as the equation says, for some reading of its statements.
  func confirms(_ addresses: Set<UInt64>, in graph: FlowGraph) -> Bool {
    readings(for: addresses, in: graph) != nil
  }

  /// The readings of the statements, one for each term, with which the equation holds; nil when there are none.
  func readings(for addresses: Set<UInt64>, in graph: FlowGraph) -> [Set<UInt64>]? {
    readings(for: [(addresses, -1)], remaining: terms[...], in: graph)
  }

  private func readings(
    for chosen: [(addresses: Set<UInt64>, weight: Int)], remaining: ArraySlice<Term>, in graph: FlowGraph
  ) -> [Set<UInt64>]? {
    guard let term = remaining.first else {
      return graph.balance(chosen) == .equal ? chosen.dropFirst().map(\.addresses) : nil
    }
    // No lazy sequence: asked for its first element it computes that twice, at each term.
    for variant in term.variants {
      let more = chosen + [(variant, term.isAdded ? 1 : -1)]
      if let found = readings(for: more, remaining: remaining.dropFirst(), in: graph) { return found }
    }
    return nil
  }
}
