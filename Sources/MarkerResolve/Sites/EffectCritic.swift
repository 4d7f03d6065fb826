import CSource
import Elfutils

/// Weighs the doubts about a choice by what the code does.
struct EffectCritic {
  let proof: EffectProof
  let chosen: ChosenSites
  let graph: FlowGraph
  let equations: Int
  let widest: Set<UInt64>
  let isInlined: Bool

  private var addresses: Set<UInt64> { chosen.candidates.addresses }

  /// Whether rows of the chosen argument were left out that are not passed as often with the others.
  private var hasOtherRows: Bool {
    widest.count > addresses.count && graph.balance(widest, addresses) != .equal
  }

  /// The doubts that stay, and those that what the code does gives rise to.
  func settle(_ doubts: [SiteDoubt]) -> [SiteDoubt] {
    let support = proof.support(for: addresses)
    var result = doubts
    if !doubts.isEmpty, doubts.allSatisfy(isAboutRows), isProven(support), !proof.isBypassed(addresses) {
      let isUnconfirmed = doubts.contains(.unconfirmed)
      result = doubts.filter { !isSettled($0, support, isUnconfirmed: isUnconfirmed) }
    }
    if !result.contains(.ambiguous), mayBeCopies(support) { result.append(.ambiguous) }
    if !result.contains(.unconfirmed), isRefuted(support) { result.append(.unconfirmed) }
    return result
  }

  /// The doubts that stay where rows are statement frontiers: these speak for themselves, and what the code does only
  /// settles what other rows say against them, when all of it agrees.
  func settleFrontiers(_ doubts: [SiteDoubt]) -> [SiteDoubt] {
    guard !doubts.isEmpty, doubts.allSatisfy(isAboutRows) else { return doubts }
    let support = proof.support(for: addresses)
    let isDecided = support.isDecided && !doubts.contains(.unconfirmed)
    guard support.fitsLoop, support.differing.isEmpty, support.hasAction || isDecided else { return doubts }
    let between = CallsBetween(graph: graph, lines: proof.lines, placement: proof.placement)
    let hasCalls = between.answer(chosen.kind, line: chosen.line, addresses) != .none
    return hasCalls || proof.isBypassed(addresses) ? doubts : []
  }

  /// Whether the code shows that the places are passed as often as the marker.
  private func isProven(_ support: EffectProof.Support) -> Bool {
    guard support.fitsLoop, support.exists else { return false }
    if hasOtherRows, !support.isDecided, proof.mayBeCopied(on: chosen.line) { return false }
    // What is decided where an inlined function is called is not decided again in it.
    return support.isDecided || support.hasAction || !isInlined
  }

  /// Whether a doubt is about rows alone, which may stand anywhere.
  private func isAboutRows(_ doubt: SiteDoubt) -> Bool {
    switch doubt {
    case .unconfirmed, .contradicted, .sharedCode, .ambiguous: true
    case .unknownJumps, .noGraph, .noSource, .vanishedCopy, .vectorised, .repeats, .unconditional, .looped,
      .bypassed, .lostCopy, .otherCount, .counted:
      false
    }
  }

  private func isSettled(_ doubt: SiteDoubt, _ support: EffectProof.Support, isUnconfirmed: Bool) -> Bool {
    switch doubt {
    // An inlined call before the marker need not come to its end, whatever confirms its entry.
    case .unconfirmed: chosen.kind != .earlierInlinedCall
    case .contradicted: true
    case .ambiguous: !proof.mayBeCopied(on: chosen.line) && proof.hasEffect(on: chosen.line, at: addresses)
    // Rows from elsewhere in front of the place: it has to be confirmed by more than its neighbours, or by stores, which
    // have no line where they are shared but by two inlined bodies of one function.
    case .sharedCode:
      support.isDecided || !isUnconfirmed
        || (support.hasAction && support.differing.isEmpty && !isInlined)
    case .unknownJumps, .noGraph, .noSource, .vanishedCopy, .vectorised, .repeats, .unconditional, .looped,
      .bypassed, .lostCopy, .otherCount, .counted:
      false
    }
  }

  /// Whether rows that were left out may be copies of the chosen ones: iterations of a loop laid out one behind the
  /// other, ways through a function that were copied.
  private func mayBeCopies(_ support: EffectProof.Support) -> Bool {
    if addresses.count > 1, !support.differing.isEmpty, support.agreeing.isEmpty { return true }
    guard hasOtherRows else { return false }
    let isWeak = !support.exists && chosen.confirmations == 0
    if isWeak, chosen.elsewhere < 2 { return true }
    return proof.mayBeUnrolled(addresses) || (addresses.count > 1 && proof.mayBeCopied(on: chosen.line))
  }

  /// Whether none of several equations holds, and nothing but a branch speaks for the places.
  private func isRefuted(_ support: EffectProof.Support) -> Bool {
    equations > 2 && chosen.confirmations == 0 && !support.isDecided && !support.hasAction
      && chosen.elsewhere < 2
  }
}
