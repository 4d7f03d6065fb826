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
  /// nil where it does not matter.
  let between: CallsBetween?

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
      if doubts.isEmpty { return (choice, doubt(about: chosen, number, answer, form).map { [$0] } ?? []) }
      if let answer, answer.number == number {
        // What only leads to a call that does not return is passed as often as any other such code.
        let settles = answer.number != .zero && isShared(answer, form) && !isMovedToCall(chosen)
        return (choice, settles ? doubts.filter { !isSettled($0, chosen, answer, form) } : doubts)
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

  /// The reason not to rely on a choice that nothing spoke against: it is not what the function's statements let expect. Of
  /// clang's, whose rows move, that says little.
  private func doubt(
    about chosen: ChosenSites, _ number: PassCounts.Number?, _ answer: CountSystem.Answer?, _ form: CountForm
  ) -> SiteDoubt? {
    guard rows.file.unit.producer == .gcc, let number else { return nil }
    let standing = observations.standing(of: number, for: form)
    let votes = observations.votes(for: number, of: form)
    // The code of several calls may have become one.
    if let answer, answer.number != number, chosen.contradictions.contains(.callingStatement) {
      return .otherCount
    }
    if standing == .behind {
      return votes < Self.many || chosen.contradictions.count >= chosen.independent ? .otherCount : nil
    }
    if votes >= Self.many { return nil }
    guard let answer else { return isAlone(chosen, votes) ? .unconfirmed : nil }
    if answer.number == number || (standing == .ahead && answer.votes <= 0) { return nil }
    let needed = standing == .alone && votes > 2 ? 1 : Self.enough
    return standing == .level || chosen.independent < needed ? .otherCount : nil
  }

  /// Whether hardly any statement gives the places, and nothing else is known: inlined bodies may share their code.
  private func isAlone(_ chosen: ChosenSites, _ votes: Int) -> Bool {
    chosen.independent == 0 && (votes == 1 || (votes == 2 && rows.instance.isInlined))
  }

  /// So many statements that are passed as often as the marker say the same are not contradicted by it either.
  private static let many = 4

  /// A doubtful choice, at the places that more of the statements give that are passed as often as the marker.
  private func majority(over chosen: ChosenSites, _ doubts: [SiteDoubt], _ form: CountForm) -> (
    SiteChoice, [SiteDoubt]
  ) {
    guard standing(chosen.candidates.addresses, form) == .behind else { return (.sites(chosen), doubts) }
    guard let found = best({ (standing($0, form) ?? .behind) <= .ahead }) else {
      return (.sites(chosen), doubts)
    }
    let rest = doubts.filter { !$0.isContradiction } + [.contradicted(chosen.kind)]
    return (.sites(found), rest + (hasCalls(found) ? [.counted] : []))
  }

  private func standing(_ addresses: Set<UInt64>, _ form: CountForm) -> CountObservations.Standing? {
    numbers.number(of: addresses).flatMap { observations.standing(of: $0, for: form) }
  }

  /// Whether a doubt does not count against places that are passed as often as the other statements say.
  private func isSettled(
    _ doubt: SiteDoubt, _ chosen: ChosenSites, _ answer: CountSystem.Answer, _ form: CountForm
  )
    -> Bool
  {
    switch doubt {
    case .sharedCode: isFounded(answer, form) && !doubt.isAboutTwins
    case .unconditional, .looped: true
    case .contradicted: answer.votes >= 4 || chosen.contradictions.count <= chosen.independent + 1
    case .bypassed: isFounded(answer, form)
    case .unconfirmed: answer.votes >= 3 && !hasCalls(chosen)
    // Rows that may be pieces or copies are so for all statements alike.
    case .ambiguous, .unknownJumps, .noGraph, .noSource, .vanishedCopy, .vectorised, .repeats, .lostCopy,
      .otherCount, .counted:
      false
    }
  }

  /// Whether an answer is well founded, by itself or together with the statements that are passed as often as the marker.
  private func isFounded(_ answer: CountSystem.Answer, _ form: CountForm) -> Bool {
    answer.votes >= 3 || (answer.votes >= 2 && observations.votes(for: answer.number, of: form) >= Self.many)
  }

  /// Whether the statements that are passed as often as the marker give the answer, too: the more of them give another
  /// one, the better it has to be founded.
  private func isShared(_ answer: CountSystem.Answer, _ form: CountForm) -> Bool {
    switch observations.standing(of: answer.number, for: form) {
    case .alone, .ahead: true
    case .level: answer.votes >= 4
    case .behind: answer.votes >= 5
    case nil: false
    }
  }

  /// Places that are passed as often as the answer says: those of another argument, else any in the body. Where there are
  /// none, a sum that the answer adds up may have another number. That the loop around the marker does several iterations
  /// at once is held against them, too.
  private func replacement(_ answer: CountSystem.Answer, _ doubts: [SiteDoubt], _ form: CountForm) -> (
    SiteChoice, [SiteDoubt]
  )? {
    let direct = places(answer.number)
    let other = direct == nil ? observations.alternatives(to: answer).lazy.compactMap(places).first : nil
    guard let found = direct ?? other else { return nil }
    let isCertain = isCertain(found, answer, doubts, isDirect: direct != nil, form)
    let isVectorised =
      doubts.contains(.vectorised) || found.candidates.contains { rows.isVectorised($0.address) }
    return (.sites(found), (isVectorised ? [.vectorised] : []) + (isCertain ? [] : [.counted]))
  }

  /// Whether places that were found by an answer need no doubt: it is well founded, and statements that are passed as often
  /// as the marker give the places, too.
  private func isCertain(
    _ found: ChosenSites, _ answer: CountSystem.Answer, _ doubts: [SiteDoubt], isDirect: Bool,
    _ form: CountForm
  ) -> Bool {
    if doubts.contains(where: \.isAboutTwins) || hasCalls(found) { return false }
    guard answer.votes >= (doubts.contains(where: \.isAboutSharing) ? 3 : 2) else { return false }
    // Code without a row of its own has only the answer to speak for it.
    if found.kind == .counted { return isDirect && answer.votes >= 4 }
    if isDirect { return isShared(answer, form) }
    return (standing(found.candidates.addresses, form) ?? .behind) <= .ahead
  }

  /// Whether calls between the places and the marker need not return.
  private func hasCalls(_ chosen: ChosenSites) -> Bool {
    let answer = between?.answer(chosen.kind, line: chosen.line, chosen.candidates.addresses)
    return answer == .certain || isMovedToCall(chosen)
  }

  /// Whether a place is a call in front of the label that the marker's row stands at.
  private func isMovedToCall(_ chosen: ChosenSites) -> Bool {
    guard let graph = rows.graph else { return false }
    return chosen.candidates.contains { candidate in
      candidate.address != candidate.momentAddress
        && graph.instruction(at: candidate.address).map { graph.isCall(graph.instructions[$0]) } ?? false
    }
  }

  /// The first argument's places that fit, those that no call stands between and the marker before others.
  private func best(_ fits: (Set<UInt64>) -> Bool) -> ChosenSites? {
    let found = evidence.compactMap { other in
      other.variants.firstIndex { fits($0.addresses) }.map { choice(of: other, variant: $0) }
    }
    return found.first { !hasCalls($0) } ?? found.first
  }

  private func places(_ number: PassCounts.Number) -> ChosenSites? {
    if number == .zero { return nil }
    if let known = best({ numbers.number(of: $0) == number }) { return known }
    let found = CountedBlocks(numbers: numbers, rows: rows, line: line).addresses(number)
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
}

extension SiteDoubt {
  /// Whether it is that the code may be shared.
  fileprivate var isAboutSharing: Bool {
    if case .sharedCode = self { true } else { false }
  }

  /// Whether it is that another body may share the code: how often one of them is passed does not tell.
  fileprivate var isAboutTwins: Bool {
    if case .sharedCode(let places) = self { places.contains(.twin) } else { false }
  }

  /// Whether it is that another argument gives other places.
  fileprivate var isContradiction: Bool {
    if case .contradicted = self { true } else { false }
  }
}
