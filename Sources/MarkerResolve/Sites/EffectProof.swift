import CSource
import Elfutils

/// Whether what the code of a body does shows that places are passed as often as the marker. Code made by LLVM needs
/// it most: its rows follow instructions and may have been moved with them.
struct EffectProof {
  let rows: StatementRows
  let graph: FlowGraph
  let placement: Placement
  let begun: BegunStatements
  let effects: StatementEffects
  let lines: BodyLines
  /// The loop around the inlined call that the body comes from; nil when there is none.
  let callerLoop: (fit: LoopFit, block: Block)?

  private var flow: StatementFlow { StatementFlow(macros: rows.file.macros) }

  /// What speaks for places.
  struct Support {
    /// The effects of the statements around the marker that are passed as often, and those that are not.
    var agreeing: [Statement] = []
    var differing: [Statement] = []
    /// Where a decision of the source leads that is passed as often as it leads to the marker and as the places.
    var decided: [UInt64] = []
    /// Whether the places are in the loop that the marker is in.
    var fitsLoop = false

    /// Whether anything but the decision of a branch speaks for the places: a decision that is known on some way to it is
    /// dropped there.
    var hasAction: Bool { agreeing.contains { $0.kind == .expression } }
    var isDecided: Bool { !decided.isEmpty }
    /// Whether some effect, at least, speaks for the places.
    var exists: Bool { isDecided || !agreeing.isEmpty }
  }

  func support(for addresses: Set<UInt64>) -> Support {
    var result = Support()
    for statement in neighbours {
      let places = effects.places(of: statement)
      if places.isEmpty { continue }
      if graph.balance(addresses, places) == .equal {
        result.agreeing.append(statement)
      } else {
        result.differing.append(statement)
      }
    }
    let decided = DecidedPlaces(rows: rows, graph: graph, effects: effects, flow: flow)
    result.decided = decided.addresses(for: placement).filter {
      graph.balance(addresses, [$0]) == .equal
    }
    let fit = LoopFit(lines: lines, graph: graph, ranges: rows.ranges)
    result.fitsLoop = addresses.allSatisfy { fit.fits($0, in: placement.block) == true }
    return result
  }

  /// Whether control also gets behind the marker without passing any of the addresses.
  func isBypassed(_ addresses: Set<UInt64>) -> Bool {
    BypassedPlaces(rows: rows, begun: begun, graph: graph, flow: flow)
      .exist(behind: placement, without: addresses)
  }

  /// Whether the body was inlined in a loop and the places are in no loop: several iterations may be laid out in it.
  func mayBeUnrolled(_ addresses: Set<UInt64>) -> Bool {
    guard let callerLoop else { return false }
    return !addresses.allSatisfy { callerLoop.fit.fits($0, in: callerLoop.block) ?? true }
  }

  /// Whether a statement on a line has other instructions of the same kind at one place of the source than those that
  /// come first: they may be copies.
  func mayBeCopied(on line: Int) -> Bool {
    guard let statement = statement(on: line) else { return false }
    let all = effects.all(of: statement)
    let places = all.compactMap { rows.file.unit.lines.row(covering: $0.address) }.map {
      [$0.line, $0.column]
    }
    let most = Dictionary(places.map { ($0, 1) }, uniquingKeysWith: +).values.max() ?? 0
    return most > effects.places(of: statement).count
  }

  /// The statements that control passes straight through to the marker and from it, and the one that it stops at.
  private var neighbours: [Statement] {
    (flow.straight(from: placement.next, next: \.nextOrdinary, endsBehindJump: true)
      + flow.straight(from: placement.previous, next: \.previousOrdinary, endsBehindJump: false))
      .map { $0.firstRun ?? $0 }
  }

  /// Whether the statement on a line takes effect as often as the addresses are passed.
  func hasEffect(on line: Int, at addresses: Set<UInt64>) -> Bool {
    guard let places = statement(on: line).map(effects.places), !places.isEmpty else { return false }
    return graph.balance(addresses, places) == .equal
  }

  private func statement(on line: Int) -> Statement? {
    placement.block.statements.lazy.map { $0.firstRun ?? $0 }.first { $0.extent.start.line == line }
  }
}
