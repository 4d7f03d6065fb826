import CSource
import Elfutils

/// A file as one unit compiled it: the unit, the file's numbers there, its rows by line, its source where at hand.
final class MarkedFile {
  let unit: SourceUnit
  let numbers: Set<Int32>
  let path: String
  let source: SourceFile?
  private let makeMacros: (SourceUnit) -> MacroTable
  /// What the unit's macros do; knows nothing when the source is not at hand.
  lazy var macros: MacroTable = makeMacros(unit)
  /// The indexes of the rows of this file in the unit's line table, by line.
  private lazy var rowsByLine: [Int32: [Int]] = groupRows()

  init(
    unit: SourceUnit, numbers: Set<Int32>, path: String, source: SourceFile?,
    macros: @escaping (SourceUnit) -> MacroTable
  ) {
    self.unit = unit
    self.numbers = numbers
    self.path = path
    self.source = source
    makeMacros = macros
  }

  /// The indexes of the rows of a line in order of address.
  func rows(onLine line: Int) -> [Int] { Int32(exactly: line).flatMap { rowsByLine[$0] } ?? [] }

  /// The lines of the file that have rows, ascending.
  lazy var lines: [Int] = rowsByLine.keys.map { Int($0) }.sorted()

  private var writes: [FunctionBody: FunctionWrites] = [:]
  private var maps: [Int: InstanceMap] = [:]

  /// Which inlined bodies the code of an out-of-line function belongs to, by its index in the unit's table.
  func instances(in container: Int) -> InstanceMap {
    if let known = maps[container] { return known }
    let map = InstanceMap(table: unit.functions, container: container)
    maps[container] = map
    return map
  }

  /// What a function of the file changes by name.
  func writes(of function: FunctionBody) -> FunctionWrites {
    if let known = writes[function] { return known }
    let found = function.writes
    writes[function] = found
    return found
  }

  private var counts: [FunctionBody: SourceCounts?] = [:]
  /// What was observed of the bodies that were asked about, by function and by their index in the unit's table.
  var observations: [FunctionBody: [Int: CountObservations]] = [:]

  /// How often control passes the places of a function; nil when the source is not at hand, or the function is nested too
  /// deeply or too long.
  func counts(of function: FunctionBody) -> SourceCounts? {
    if let known = counts[function] { return known }
    let found = source.flatMap { SourceCounts(function, in: $0, flow: StatementFlow(macros: macros)) }
    counts[function] = found
    return found
  }

  /// The names in the functions of the file, by name; empty when the source is not at hand.
  lazy var nameUses: [String: [(FunctionBody, NameUse)]] = Dictionary(
    grouping: (source?.functionBodies ?? []).flatMap { function in function.nameUses.map { (function, $0) } },
    by: \.1.name)

  /// The functions that were asked about, by the offset of their entries: whether a call of them left nothing.
  var vanished: [UInt64: Bool] = [:]

  /// Whether a call of one of the functions, as far as the file shows them, may come to a call of `target`.
  func mayCome(to target: String, from names: some Sequence<String>) -> Bool {
    var seen: Set<String> = []
    var pending = Array(names)
    while let name = pending.popLast() {
      guard seen.insert(name).inserted else { continue }
      if name == target || macros.mentions(target, in: name) { return true }
      if let called = calledNames[name] {
        pending += called
      } else if macros.isMacro(name) {
        pending += calledNames.keys.filter { macros.mentions($0, in: name) }
      }
    }
    return false
  }

  /// The names before parentheses in each function of the file.
  private lazy var calledNames: [String: Set<String>] = Dictionary(
    (source?.functionBodies ?? []).map { ($0.name, Set(writes(of: $0).calls.map(\.call.name))) },
    uniquingKeysWith: { $0.union($1) })

  private func groupRows() -> [Int32: [Int]] {
    var result: [Int32: [Int]] = [:]
    for (index, row) in unit.lines.rows.enumerated() where numbers.contains(row.file) && row.line > 0 {
      result[row.line, default: []].append(index)
    }
    return result
  }
}
