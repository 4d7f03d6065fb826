import CSource
import MarkerScan

/// The statements of a function that change an object by name.
struct SourceWriters {
  /// All in the function.
  let all: [WrittenPlace]
  /// Those that may run before the marker, and that nothing behind them replaces.
  let places: [WrittenPlace]
  /// The lines of the statements that control comes straight from to the marker.
  private let straight: [ClosedRange<Int>]

  /// - Parameters:
  ///   - members: the members on the way to the object.
  ///   - variables: the variables that it is read from where they have their place in memory.
  init(members: Set<String>, variables: Set<String>, file: MarkedFile, placement: Placement) {
    let writes = file.writes(of: placement.function)
    func isMeant(_ place: WrittenPlace) -> Bool {
      place.isMember ? members.contains(place.name) && place.way == .assigned : variables.contains(place.name)
    }
    let inMacros = writes.calls.flatMap { call in
      members.filter { file.macros.writesMember($0, in: call.name) }.map {
        WrittenPlace(name: $0, isMember: true, way: .inMacro, lines: call.lines)
      }
        + variables.filter { file.macros.writesVariable($0, in: call.name) }.map {
          WrittenPlace(name: $0, isMember: false, way: .inMacro, lines: call.lines)
        }
    }
    let line = placement.line
    let loops = placement.loops.map(\.extent.lines)
    all = writes.places.filter(isMeant) + inMacros
    let found = all.filter { place in
      place.lines.upperBound <= line || loops.contains { $0.overlaps(place.lines) }
    }
    let straight = found.isEmpty ? [] : placement.straightBefore.map(\.extent.lines)
    self.straight = straight
    let certain = found.filter { place in
      place.way == .assigned && straight.contains { $0.holds(place.lines) }
    }
    places = found.filter { place in
      !certain.contains { $0.replaces(place, markerLine: line, loops: loops) }
    }
  }

  /// Whether what the place writes is there whenever control comes to the marker.
  func isCertain(_ place: WrittenPlace) -> Bool {
    place.way != .inMacro && straight.contains { $0.holds(place.lines) }
  }
}

extension WrittenPlace {
  /// Whether the place, which control always passes before the marker, writes over what another one wrote: that one
  /// need not have been done.
  fileprivate func replaces(_ other: WrittenPlace, markerLine: Int, loops: [ClosedRange<Int>]) -> Bool {
    guard name == other.name, isMember == other.isMember, self != other else { return false }
    if other.lines.upperBound < lines.lowerBound { return true }
    guard other.lines.lowerBound > markerLine else { return false }
    return loops.first { $0.overlaps(other.lines) }?.holds(lines) ?? true
  }
}

extension ClosedRange<Int> {
  fileprivate func holds(_ inner: Self) -> Bool {
    lowerBound <= inner.lowerBound && inner.upperBound <= upperBound
  }
}

extension Placement {
  /// The loops around the marker, the innermost first.
  var loops: [Statement] {
    var result: [Statement] = []
    var current: Block? = block
    while let here = current {
      if here.role.isLoop, let owner = here.owner { result.append(owner) }
      current = here.owner?.block
    }
    return result
  }

  /// The plain statements that run before the marker on every way to it, the nearest first, as far as no label
  /// stands between.
  fileprivate var straightBefore: [Statement] {
    var result: [Statement] = []
    var current = previous
    var here = block
    while true {
      while let statement = current {
        switch statement.kind {
        case .expression, .declaration: result.append(statement)
        case .caseLabel, .defaultLabel, .label, .return, .break, .continue, .goto, .macro, .macroBlock:
          return result
        case .if, .for, .while, .doWhile, .switch, .compound, .empty, .macroLoop, .marker: break
        }
        current = statement.previousOrdinary
      }
      guard let owner = here.owner else { return result }
      current = owner.previousOrdinary
      here = owner.block
    }
  }
}

extension Expression {
  /// The members on the way to the object.
  var members: Set<String> {
    switch self {
    case .variable, .integer: []
    case .member(let base, let name), .arrow(let base, let name): base.members.union([name])
    case .element(let base, _), .dereference(let base), .addressOf(let base), .cast(_, let base),
      .containerOf(let base, _, _):
      base.members
    }
  }
}
