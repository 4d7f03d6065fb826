/// What changed for one marker.
struct PairComparison {
  let old: SavedMarker
  let new: SavedMarker
  private let before: MarkerState
  private let after: MarkerState

  init(old: SavedMarker, new: SavedMarker) {
    self.old = old
    self.new = new
    before = MarkerState(old)
    after = MarkerState(new)
  }

  func changes() -> [Change] {
    [moved(), status(), copies()].compactMap(\.self) + values()
      + [verdict(), probeClass(), definition()].compactMap(\.self)
  }

  private func change(
    _ kind: Change.Kind, _ weight: Change.Weight, _ message: String, _ old: String?, _ new: String?
  ) -> Change {
    Change(kind: kind, weight: weight, marker: self.new, message: message, old: old, new: new)
  }

  private func weight(worse: Bool) -> Change.Weight { worse ? .regression : .improvement }

  private func moved() -> Change? {
    guard old.file != new.file || old.line != new.line else { return nil }
    let was = "\(old.file):\(old.line)"
    return change(.moved, .change, "the marker was at \(was)", was, "\(new.file):\(new.line)")
  }

  private func status() -> Change? {
    guard before.status != after.status else { return nil }
    let isWorse = MarkerState.rank(status: after.status) > MarkerState.rank(status: before.status)
    return change(
      .status, weight(worse: isWorse), "the marker is '\(after.status)' and was '\(before.status)'",
      before.status, after.status)
  }

  private func copies() -> Change? {
    guard before.copies != after.copies else { return nil }
    return change(
      .copies, .change, "the marker has \(after.copies) copies and had \(before.copies)", "\(before.copies)",
      "\(after.copies)")
  }

  /// For each expression that both builds ask for, whether it is fetched at no, some or all copies.
  private func values() -> [Change] {
    if after.copies == 0 || before.copies == 0 { return [] }
    return new.expressions.compactMap { expression in
      guard let was = before.fetched[expression], let now = after.fetched[expression] else { return nil }
      let (wasRank, nowRank) = (extent(was, before.copies), extent(now, after.copies))
      guard wasRank != nowRank else { return nil }
      return change(
        .value, weight(worse: nowRank < wasRank),
        "'\(expression)' is fetched at \(now) of \(after.copies) copies and was at \(was) of \(before.copies)",
        "\(was)/\(before.copies)", "\(now)/\(after.copies)")
    }
  }

  /// 0 for no copy, 1 for some, 2 for all.
  private func extent(_ count: Int, _ copies: Int) -> Int { count == 0 ? 0 : count < copies ? 1 : 2 }

  private func verdict() -> Change? {
    guard let was = before.verdict, let now = after.verdict, was != now else { return nil }
    let isWorse = MarkerState.rank(verdict: now) > MarkerState.rank(verdict: was)
    return change(.verdict, weight(worse: isWorse), "a probe is '\(now)' and was '\(was)'", was, now)
  }

  private func probeClass() -> Change? {
    guard let was = before.probeClass, let now = after.probeClass, was != now else { return nil }
    let isWorse = MarkerState.rank(class: now) > MarkerState.rank(class: was)
    return change(
      .probeClass, weight(worse: isWorse), "the costliest probe is '\(now)' and was '\(was)'", was, now)
  }

  /// What programs read changes with names and types; registers and addresses are other in every build.
  private func definition() -> Change? {
    guard before.interfaces != after.interfaces, !before.interfaces.isEmpty, !after.interfaces.isEmpty else {
      return nil
    }
    let (was, now) = (shown(before.interfaces), shown(after.interfaces))
    return change(
      .definition, .change, "the events have the arguments \(now) and had \(was)", was, now)
  }

  private func shown(_ interfaces: [[String]]) -> String {
    interfaces.map { "(\($0.joined(separator: " ")))" }.joined(separator: " ")
  }
}
