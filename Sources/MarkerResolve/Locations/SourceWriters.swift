import CSource
import MarkerScan

/// The statements of a function that change an object by name.
struct SourceWriters {
  /// All in the function.
  let all: [WrittenPlace]
  /// Those that may run before the marker, and that nothing behind them replaces.
  let places: [WrittenPlace]
  /// Those that run whenever the innermost loop around the marker comes to it again.
  let repeated: [WrittenPlace]
  /// The members and variables that are meant.
  let members: Set<String>
  let variables: Set<String>
  /// The lines of the statements that control comes straight from to the marker.
  private let straight: [ClosedRange<Int>]
  private let function: FunctionBody

  /// - Parameters:
  ///   - members: the members on the way to the object.
  ///   - variables: the variables that it is read from where they have their place in memory.
  ///   - elements: of both, those whose elements, or what they point at, are read as well.
  init(
    members: Set<String>, variables: Set<String>, elements: Set<String>, file: MarkedFile,
    placement: Placement
  ) {
    self.members = members
    self.variables = variables
    let writes = file.writes(of: placement.function)
    func isMeant(_ place: WrittenPlace) -> Bool {
      if place.isIndirect, place.way == .assigned, !elements.contains(place.name) { return false }
      return place.isMember
        ? members.contains(place.name) && place.way == .assigned : variables.contains(place.name)
    }
    let names = members.sorted().map { ($0, true) } + variables.sorted().map { ($0, false) }
    let inMacros = writes.calls.flatMap { call, lines in
      names.filter { file.macros.writes($0, isMember: $1, in: call) }.map {
        WrittenPlace(name: $0, isMember: $1, way: .inMacro, lines: lines)
      }
    }
    function = placement.function
    let line = placement.line
    let loops = placement.loops.map(\.extent.lines)
    all = writes.places.filter(isMeant) + inMacros
    let found = all.filter { place in
      place.lines.upperBound <= line || loops.contains { $0.overlaps(place.lines) }
    }
    let straight = found.isEmpty ? [] : placement.straightBefore.map(\.extent.lines)
    self.straight = straight
    let around = (found.isEmpty ? [] : placement.straightBehind) + straight
    repeated = found.filter { place in
      place.way != .byAddress && loops.first?.holds(place.lines) == true
        && around.contains { $0.holds(place.lines) }
    }
    let certain = found.filter { place in
      place.way == .assigned && straight.contains { $0.holds(place.lines) }
    }
    let body = placement.function.body
    places = found.filter { place in
      !certain.contains { $0.replaces(place, markerLine: line, loops: loops) }
        && !body.alwaysRuns(behind: place.lines, beforeMarkerOn: line) { lines in
          found.contains {
            $0.name == place.name && $0.isMember == place.isMember && $0.way == .assigned
              && lines.holds($0.lines)
          }
        }
    }
  }

  /// The lines of the plain statements that run whenever the statement of the place does.
  func beside(_ place: WrittenPlace) -> [ClosedRange<Int>] {
    function.body.innermost(holding: place.lines).statements.filter(\.isPlain).map(\.extent.lines)
      .filter { !$0.overlaps(place.lines) }
  }

  /// Whether what the place writes is there whenever control comes to the marker.
  func isCertain(_ place: WrittenPlace) -> Bool {
    straight.contains { $0.holds(place.lines) }
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
  func holds(_ inner: Self) -> Bool {
    lowerBound <= inner.lowerBound && inner.upperBound <= upperBound
  }
}

extension Block {
  /// Whether control that leaves the statement on the lines always comes to a plain one that is looked for before it
  /// comes to a marker, as far as nothing jumps away.
  fileprivate func alwaysRuns(
    behind lines: ClosedRange<Int>, beforeMarkerOn marker: Int, _ isWanted: (ClosedRange<Int>) -> Bool
  ) -> Bool {
    var block = innermost(holding: lines)
    var current = block.statements.last { $0.extent.lines.overlaps(lines) }
    let isBefore = lines.upperBound <= marker
    while true {
      while let statement = current?.nextOrdinary {
        let here = statement.extent.lines
        if isBefore, here.upperBound > marker { return false }
        if statement.isPlain {
          if isWanted(here) { return true }
        } else if !statement.keepsControl {
          return false
        }
        current = statement
      }
      guard let owner = block.owner, !owner.extent.lines.contains(marker) else { return false }
      current = owner
      block = owner.block
    }
  }

  /// The innermost block around the lines.
  fileprivate func innermost(holding lines: ClosedRange<Int>) -> Block {
    for statement in statements where statement.extent.lines.holds(lines) {
      for body in statement.bodies where body.extent?.lines.holds(lines) == true {
        return body.innermost(holding: lines)
      }
    }
    return self
  }
}

extension Block {
  /// The plain statements that run whenever control leaves the block at its end, the last first.
  fileprivate var lastPlain: [Statement] {
    let tail = statements.reversed().prefix { $0.isPlain || $0.kind == .marker || $0.keepsControl }
    return tail.filter(\.isPlain)
  }
}

extension Statement {
  fileprivate var isPlain: Bool { kind == .expression || kind == .declaration }
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
  var straightBefore: [Statement] {
    var result: [Statement] = []
    var current = previous
    var here = block
    while true {
      while let statement = current {
        switch statement.kind {
        case .expression, .declaration: result.append(statement)
        case .caseLabel, .defaultLabel, .label, .return, .break, .continue, .goto, .macro, .macroBlock:
          return result
        case .doWhile: result += statement.bodies.first?.lastPlain ?? []
        case .if, .for, .while, .switch, .compound, .empty, .macroLoop, .marker: break
        }
        current = statement.previousOrdinary
      }
      guard let owner = here.owner else { return result }
      current = owner.previousOrdinary
      here = owner.block
    }
  }
}

extension Placement {
  /// The lines of the plain statements that run behind the marker before control can go two ways, and of the head
  /// where it can.
  var straightBehind: [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for statement in following {
      let lines = statement.extent.lines
      guard statement.kind == .expression || statement.kind == .declaration else {
        return result + [lines.lowerBound...lines.lowerBound]
      }
      result.append(lines)
    }
    return result
  }
}

extension Expression {
  /// The name that the expression ends with: of the variable or of the last member; nil for another form.
  var lastName: String? {
    switch self {
    case .variable(let name), .member(_, let name), .arrow(_, let name): name
    case .integer, .element, .dereference, .addressOf, .cast, .containerOf: nil
    }
  }

  /// The names that are followed by a subscript or dereferenced on the way to the object.
  var indexedNames: Set<String> {
    switch self {
    case .variable, .integer: []
    case .member(let base, _), .arrow(let base, _), .addressOf(let base), .cast(_, let base),
      .containerOf(let base, _, _):
      base.indexedNames
    case .element(let base, _), .dereference(let base):
      base.indexedNames.union(base.lastName.map { [$0] } ?? base.members.union(base.variables))
    }
  }

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
