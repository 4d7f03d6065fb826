import CSource
import Elfutils

/// Settles a choice by how often the source's control flow lets the marker be passed, given all other statements of the
/// function.
struct CountSettler {
  let counts: SourceCounts
  let observations: CountObservations
  let numbers: PassCounts
  let placement: Placement
  let rows: StatementRows
  /// What argues for places, calls included.
  let evidence: [Evidence]

  /// How often the marker is passed by what the other statements say; nil when that does not follow.
  var equation: Confirmation? {
    counts.count(at: placement).flatMap { observations.answer(for: $0) }.flatMap(observations.equation)
  }

  /// What becomes of a choice and its doubts.
  func settle(_ choice: SiteChoice, _ doubts: [SiteDoubt]) -> (SiteChoice, [SiteDoubt]) {
    guard let form = counts.count(at: placement) else { return (choice, doubts) }
    let answer = observations.answer(for: form)
    switch choice {
    case .sites(let chosen):
      let number = numbers.number(of: chosen.candidates.addresses)
      if doubts.isEmpty { return (choice, isDoubtful(chosen, number, answer, form) ? [.otherCount] : []) }
      if let answer, answer.number == number {
        // What only leads to a call that does not return is passed as often as any other such code.
        let settles = answer.number != .zero && isShared(answer, form)
        return (choice, settles ? doubts.filter { !isSettled($0, chosen, answer) } : doubts)
      }
      return answer.flatMap { replacement($0, doubts, form) } ?? majority(over: chosen, doubts, form)
    case .dead where doubts.isEmpty: return (choice, doubts)
    case .lost, .dead: return answer.flatMap { replacement($0, doubts, form) } ?? (choice, doubts)
    case .elsewhere: return (choice, doubts)
    }
  }

  /// Whether a choice needs to be looked at.
  static func concerns(_ choice: SiteChoice, _ doubts: [SiteDoubt]) -> Bool {
    guard case .sites(let chosen) = choice, doubts.isEmpty else { return true }
    return chosen.independent < enough || !chosen.contradictions.isEmpty
  }

  /// So many independent arguments are not contradicted by a sum over the whole function, any part of which may be wrong.
  private static let enough = 2

  /// Whether a choice that nothing spoke against is not what the function's statements let expect. Of clang's, whose rows
  /// move, that says little.
  private func isDoubtful(
    _ chosen: ChosenSites, _ number: PassCounts.Number?, _ answer: CountSystem.Answer?, _ form: CountForm
  ) -> Bool {
    guard rows.file.unit.producer == .gcc, let number else { return false }
    let standing = observations.standing(of: number, for: form)
    if standing == .behind { return true }
    guard let answer, answer.number != number else { return false }
    return chosen.independent < (standing == .alone ? Self.enough - 1 : Self.enough)
  }

  /// A doubtful choice, at the places that more of the statements give that are passed as often as the marker.
  private func majority(over chosen: ChosenSites, _ doubts: [SiteDoubt], _ form: CountForm) -> (
    SiteChoice, [SiteDoubt]
  ) {
    guard standing(chosen.candidates.addresses, form) == .behind else { return (.sites(chosen), doubts) }
    for other in evidence {
      let index = other.variants.firstIndex { (standing($0.addresses, form) ?? .behind) <= .ahead }
      guard let index else { continue }
      return (
        .sites(choice(of: other, variant: index)),
        doubts.filter { !$0.isContradiction } + [.contradicted(chosen.kind)]
      )
    }
    return (.sites(chosen), doubts)
  }

  private func standing(_ addresses: Set<UInt64>, _ form: CountForm) -> CountObservations.Standing? {
    numbers.number(of: addresses).flatMap { observations.standing(of: $0, for: form) }
  }

  /// Whether a doubt does not count against places that are passed as often as the other statements say.
  private func isSettled(_ doubt: SiteDoubt, _ chosen: ChosenSites, _ answer: CountSystem.Answer) -> Bool {
    switch doubt {
    case .sharedCode, .unconditional, .ambiguous, .looped: true
    case .contradicted: answer.votes >= 2 || chosen.contradictions.count <= chosen.independent + 1
    case .bypassed: answer.votes >= 2
    case .unconfirmed: answer.votes >= 3 && chosen.kind != .functionEntry
    case .unknownJumps, .noGraph, .noSource, .vanishedCopy, .vectorised, .repeats, .lostCopy, .otherCount,
      .counted:
      false
    }
  }

  /// Whether the statements that are passed as often as the marker give the answer, too: the more of them give another
  /// one, the better it has to be founded.
  private func isShared(_ answer: CountSystem.Answer, _ form: CountForm) -> Bool {
    switch observations.standing(of: answer.number, for: form) {
    case .alone, .ahead: true
    case .level: answer.votes >= 2
    case .behind: answer.votes >= 3
    case nil: false
    }
  }

  /// Places that are passed as often as the answer says: those of another argument, else any in the body. Where there are
  /// none, a sum that the answer adds up may have another number. That the loop
  /// around the marker does several iterations at once is held against them, too.
  private func replacement(_ answer: CountSystem.Answer, _ doubts: [SiteDoubt], _ form: CountForm) -> (
    SiteChoice, [SiteDoubt]
  )? {
    let direct = places(answer.number)
    let other = direct == nil ? observations.alternatives(to: answer).lazy.compactMap(places).first : nil
    guard let found = direct ?? other else { return nil }
    let isCertain = direct != nil && found.kind != .counted && answer.votes >= 2 && isShared(answer, form)
    let isVectorised =
      doubts.contains(.vectorised) || found.candidates.contains { rows.isVectorised($0.address) }
    return (.sites(found), (isVectorised ? [.vectorised] : []) + (isCertain ? [] : [.counted]))
  }

  private func places(_ number: PassCounts.Number) -> ChosenSites? {
    if number == .zero { return nil }
    for other in evidence {
      let index = other.variants.firstIndex { numbers.number(of: $0.addresses) == number }
      if let index { return choice(of: other, variant: index) }
    }
    let found = addresses(number)
    guard !found.isEmpty else { return nil }
    return ChosenSites(
      kind: .counted, line: line, candidates: found.map { SiteCandidate(address: $0, view: 0) }, variant: 0,
      agreeing: [], confirmations: 1, elsewhere: 0, contradictions: [])
  }

  /// Another argument's places, which the counts speak for.
  private func choice(of other: Evidence, variant: Int) -> ChosenSites {
    ChosenSites(
      kind: other.kind, line: other.line, candidates: other.variants[variant], variant: variant, agreeing: [],
      confirmations: 1, elsewhere: 0, contradictions: [])
  }

  /// The line of the marker, of the statement that it stands before, or of the end of its block.
  private var line: Int {
    (placement.marker ?? placement.next)?.extent.start.line ?? placement.block.extent?.end.line ?? 0
  }

  // MARK: places

  /// One block of the body, or the first two, that are passed as often as a number says; of blocks that are passed equally
  /// often those nearest to the marker's line.
  private func addresses(_ wanted: PassCounts.Number) -> [UInt64] {
    let blocks = numbers.blocks(within: rows.ranges)
    let byNumber = Dictionary(grouping: blocks) { $0.number }.mapValues { nearest($0.map { $0.address }) }
    if let found = byNumber[wanted] { return [found] }
    for block in blocks {
      let rest = wanted &- block.number
      if let first = byNumber[block.number], let second = byNumber[rest], first != second {
        return [first, second].sorted()
      }
    }
    return []
  }

  private func nearest(_ addresses: [UInt64]) -> UInt64 {
    addresses.min { (distance($0), $0) < (distance($1), $1) } ?? 0
  }

  /// How many lines lie between the marker and what an address belongs to.
  private func distance(_ address: UInt64) -> Int {
    guard let row = rows.file.unit.lines.row(covering: address), rows.file.numbers.contains(row.file)
    else { return Int.max }
    return abs(Int(row.line) - line)
  }
}

extension SiteDoubt {
  /// Whether it is that another argument gives other places.
  fileprivate var isContradiction: Bool {
    if case .contradicted = self { true } else { false }
  }
}
