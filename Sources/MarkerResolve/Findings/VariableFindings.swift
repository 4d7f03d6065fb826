import MarkerScan

/// Words what is missing of a marker's values, each capture once for all sites.
struct VariableFindings {
  let record: MarkerRecord
  let sites: [SiteResolution]
  /// The captures that some site reads through a pointer, in the record's order.
  let pointerReads: [Capture]

  func all() -> [Finding] {
    record.captures.indices.flatMap(findings) + [mayFault()].compactMap { $0 }
  }

  private func findings(ofCapture index: Int) -> [Finding] {
    let outcomes = sites.compactMap { site in
      site.arguments.indices.contains(index) ? (site, site.arguments[index]) : nil
    }
    let text = record.captures[index].expressionText
    let doubts = outcomes.filter { $0.1.fetch != nil }.compactMap(\.1.absence)
    let doubted = doubts.first.map { [doubtful($0, text, others: Set(doubts).subtracting([$0]))] } ?? []
    let missing = outcomes.filter { $0.1.fetch == nil }
    guard let first = missing.first?.1.absence else { return doubted }
    if missing.count < outcomes.count {
      return doubted + [partial(text, missing.map { ($0.0, $0.1.absence ?? first) }, of: outcomes.count)]
    }
    return [finding(first, text, others: Set(missing.compactMap(\.1.absence)).subtracting([first]))]
  }

  /// Of a value that is offered without a claim.
  private func doubtful(_ absence: Absence, _ text: String, others: Set<Absence>) -> Finding {
    let (kind, reason, help) = wording(absence)
    let further = others.map { wording($0).reason }.filter { $0 != reason }
    return Finding(
      kind, "the value of '\(text)' is approximate: \(reason)",
      notes: Set(further).sorted().prefix(3).map { "elsewhere \($0)" }, help: help)
  }

  private func partial(_ text: String, _ missing: [(SiteResolution, Absence)], of total: Int) -> Finding {
    Finding(
      .valueMissingAtCopies, "'\(text)' has no value at \(missing.count) of \(total) places of the marker",
      notes: missing.prefix(4).map { site, absence in "at \(place(site)): \(wording(absence).reason)" })
  }

  private func finding(_ absence: Absence, _ text: String, others: Set<Absence>) -> Finding {
    let (kind, reason, help) = wording(absence)
    let further = others.map { wording($0).reason }.sorted().filter { $0 != reason }.prefix(3)
    return Finding(
      kind, "'\(text)' has no value: \(reason)",
      notes: ranges(absence) + Set(further).sorted().map { "elsewhere \($0)" }, help: help)
  }

  private func mayFault() -> Finding? {
    guard !pointerReads.isEmpty else { return nil }
    let names = list(pointerReads.map { "'\($0.expressionText)'" })
    return Finding(
      .mayFault, "\(names) \(pointerReads.count == 1 ? "is" : "are") read through a pointer and may fault",
      notes: [
        "where the pointer is not valid, a string is shown as (fault) and a number is left over from before"
      ])
  }

  /// Where a variable is live instead, nearest first.
  private func ranges(_ absence: Absence) -> [String] {
    guard case .notLiveHere(let live) = absence, !live.isEmpty else { return [] }
    return ["the nearest code where it is live is " + live.joined(separator: ", ")]
  }

  private func place(_ site: SiteResolution) -> String {
    let address = hexadecimal(site.address)
    return site.place.map { "\(address) in '\($0.symbol)'" } ?? address
  }

  private func wording(_ absence: Absence) -> (kind: FindingKind, reason: String, help: String?) {
    switch absence {
    case .optimisedOut:
      (.optimisedOut, "the compiler kept no location for it", "capture what it is computed from")
    case .notLiveHere(let live):
      (
        .notLive, "it is not live at the marker",
        live.isEmpty ? nil : "move the marker to where it is live"
      )
    case .entryValueOnly:
      (
        .entryValueOnly, "only its value at function entry is known, and no register still holds that",
        "put a marker at the begin of the function"
      )
    case .notExpressible(let need):
      (.notExpressible, "tracefs cannot compute it: \(need)", "capture the parts that it is computed from")
    case .unknownVariable(let name, let near):
      (.unknownVariable, "no variable '\(name)' is in scope at the marker", suggestion(near))
    case .unknownMember(let name, let type, let near):
      (.unknownMember, "'\(type)' has no member '\(name)'", suggestion(near))
    case .typeMismatch(let what): (.typeMismatch, what, nil)
    case .unsupported(let what): (.unsupportedExpression, what, "capture the operands")
    case .uncertain(let why): (.uncertainValue, why, nil)
    }
  }

  private func suggestion(_ near: [String]) -> String? {
    near.isEmpty ? nil : "did you mean " + near.map { "'\($0)'" }.joined(separator: " or ") + "?"
  }
}
