import CSource

/// The assignments of a variable by name, seen from a marker.
struct VariableAssignments {
  /// The last line before the marker's place.
  let markerLine: Int
  /// The one that control passes last before the marker on every way; nil when there is none, or another may come
  /// between.
  let last: WrittenPlace?
  /// The one before the marker that updates in a loop behind it come between: without an iteration it is the last.
  let initial: WrittenPlace?
  /// Whether that one stands in the head of a loop or branch around the marker.
  let lastIsInHead: Bool
  /// Those that it replaces whenever control comes to the marker.
  let replaced: [ClosedRange<Int>]
  /// Those behind the marker.
  let behind: [ClosedRange<Int>]
  /// Those that control always comes to next behind the marker.
  let next: [WrittenPlace]
  /// The one in the innermost loop around the marker, when it runs whenever the loop comes to the marker again; nil when
  /// it does not, or there are more.
  let repeated: WrittenPlace?
  /// The lines of the statements before the marker in its block.
  let earlier: [ClosedRange<Int>]
  /// Those of them that assign the variable.
  let before: [ClosedRange<Int>]
  /// The line of a plain statement that always runs before the marker and takes the variable's address, or gives it to
  /// a macro, when none assigns it behind that.
  let lastUnknown: Int?
  /// All that may change the variable.
  let all: [WrittenPlace]

  init(_ name: String, file: MarkedFile, placement: Placement) {
    let writes = file.writes(of: placement.function)
    let marker = placement.line
    markerLine = marker
    let inMacros = writes.calls.filter { file.macros.writes(name, isMember: false, in: $0.call) }.map {
      WrittenPlace(name: name, isMember: false, way: .inMacro, lines: $0.lines)
    }
    all = writes.places.filter { !$0.isMember && !$0.isIndirect && $0.name == name } + inMacros
    let assigned = all.filter { $0.way != .byAddress }
    // Lines of a statement without braces begin with the head that it belongs to.
    let later = assigned.filter { $0.lines.upperBound > marker }
    behind = later.map(\.lines)
    let following = placement.straightBehind
    next = later.filter { place in following.contains { $0.contains(place.lines.upperBound) } }
    repeated = placement.repeated(all)
    earlier = placement.before.map(\.extent.lines)
    before = earlier.filter { lines in assigned.contains { lines.holds($0.lines) } }
    lastUnknown = placement.nearestPlain(all).flatMap { $0.way == .assigned ? nil : $0.lines.lowerBound }
    let found = placement.lastStraight(assigned)
    lastIsInHead = found?.isInHead ?? false
    guard let found = found?.place else {
      last = nil
      initial = nil
      replaced = []
      return
    }
    let between = all.filter { other in
      other.lines.lowerBound > found.lines.upperBound && other.lines.upperBound <= marker
    }
    let isShadowed = !between.isEmpty
    initial = isShadowed && placement.mayPassBy(between) ? found : nil
    last = isShadowed || found.way != .assigned ? nil : found
    let loops = placement.loops.map(\.extent.lines)
    replaced =
      last == nil
      ? []
      : behind.filter { other in loops.first { $0.overlaps(other) }?.holds(found.lines) ?? true }
        + assigned.map(\.lines).filter { $0.upperBound < found.lines.lowerBound }
  }
}

extension VariableAssignments {
  /// Why a constant of a list without views need not be the value at the marker; nil when the source assigns just that,
  /// or assigns the variable once.
  func doubt(ofConstant number: Int64?) -> ValueDoubt? {
    guard all.count > 1 else { return nil }
    if let last {
      if let assigned = last.number, let number {
        return assigned == number
          ? nil : .refuted("line \(last.lines.lowerBound) assigns it another constant before the marker")
      }
      if last.source == nil {
        return .refuted("line \(last.lines.lowerBound) assigns it before the marker, and that is no constant")
      }
    }
    if let line = lastUnknown {
      return .refuted(
        "line \(line) may change it before the marker, and the debugging information gives a constant")
    }
    let other = all[all.count - 1].lines.lowerBound
    let reason = "line \(other) assigns it, too, and the debugging information gives a constant"
    return number != nil && next.contains { $0.number == number } ? .refuted(reason) : .possible(reason)
  }
}

extension Placement {
  /// The last of the places in the nearest plain statement before the marker that holds one.
  fileprivate func nearestPlain(_ places: [WrittenPlace]) -> WrittenPlace? {
    straightBefore.lazy.compactMap { statement in
      places.last { statement.extent.lines.holds($0.lines) }
    }.first
  }

  /// Whether the places are updates in loops before the marker, which control may pass by.
  fileprivate func mayPassBy(_ places: [WrittenPlace]) -> Bool {
    let outer = outerBefore
    return places.allSatisfy { update in
      update.isUpdate && outer.contains { $0.mayRunNoBody && $0.extent.lines.holds(update.lines) }
    }
  }

  /// The statements before the marker in its block, the nearest first.
  var before: [Statement] {
    var result: [Statement] = []
    var current = previous
    while let statement = current {
      result.append(statement)
      current = statement.previousOrdinary
    }
    return result
  }

  /// Those, and the statements before the ones that the marker's block is a part of.
  var outerBefore: [Statement] {
    var result = before
    var owner = block.owner
    while let here = owner {
      result += sequence(first: here, next: \.previousOrdinary).dropFirst()
      owner = here.block.owner
    }
    return result
  }

  /// The place that control passes last before the marker on every way: in a plain statement, or in the head of a
  /// branch or loop around the marker that is evaluated as a whole.
  fileprivate func lastStraight(_ places: [WrittenPlace]) -> (place: WrittenPlace, isInHead: Bool)? {
    let inStatement = straightBefore.lazy.compactMap { statement in
      places.first { statement.extent.lines.holds($0.lines) }
    }.first
    let inHead = wholeHeads.lazy.compactMap { head in
      places.first { head.contains($0.lines.lowerBound) && $0.lines.lowerBound <= head.upperBound }
    }.first
    guard let inHead, inHead.lines.lowerBound > inStatement?.lines.lowerBound ?? 0 else {
      return inStatement.map { ($0, false) }
    }
    return (inHead, true)
  }

  /// The lines of the heads around the marker that are evaluated as a whole just before their braces are entered, the
  /// innermost first.
  private var wholeHeads: [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    var current: Block? = block
    while let here = current {
      if here.isBraced, let owner = here.owner,
        owner.kind == .if || owner.kind == .while || owner.kind == .switch,
        let head = owner.head, owner.hasWholeHead
      {
        result.append(head.lines)
      }
      current = here.owner?.block
    }
    return result
  }

  /// The only one of the places in the innermost loop around the marker, when it runs whenever the loop comes to the
  /// marker again: in a statement that always runs with it, or a step in the loop's head.
  fileprivate func repeated(_ places: [WrittenPlace]) -> WrittenPlace? {
    guard let loop = loops.first else { return nil }
    let lines = loop.extent.lines
    let inside = places.filter { $0.lines.overlaps(lines) }
    guard inside.count == 1, let place = inside.first, place.way == .assigned, lines.holds(place.lines) else {
      return nil
    }
    let straight = (straightBefore.map(\.extent.lines) + straightBehind).filter { lines.holds($0) }
    let isCertain = straight.contains { $0.holds(place.lines) } || place.isStep && isInHead(place, of: loop)
    return isCertain ? place : nil
  }

  private func isInHead(_ place: WrittenPlace, of loop: Statement) -> Bool {
    guard let body = loop.bodies.first?.extent?.lines else { return false }
    guard loop.kind == .for || loop.hasWholeHead else { return false }
    return loop.kind == .doWhile
      ? place.lines.lowerBound >= body.upperBound : place.lines.lowerBound <= body.lowerBound
  }
}

extension Statement {
  /// Whether it is a loop whose body control may pass by.
  fileprivate var mayRunNoBody: Bool { kind == .for || kind == .while }
}
