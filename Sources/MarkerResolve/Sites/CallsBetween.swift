import CSource
import InstructionDecoder

/// Whether calls are made between places and a marker. A call need not return: then what is behind it is passed less
/// often than what is before it.
struct CallsBetween {
  let graph: FlowGraph
  let lines: BodyLines
  let placement: Placement

  private var macros: MacroTable { lines.file.macros }

  /// Whether there are calls, and how it is known.
  enum Answer: Int {
    case none
    /// There are calls that have no line.
    case possible
    case certain
  }

  /// The calls between the places that an argument gives and the marker.
  ///
  /// - Parameters:
  ///   - kind: that of the argument.
  ///   - line: of the argument's statement.
  func answer(_ kind: Evidence.Kind, line: Int, _ addresses: Set<UInt64>) -> Answer {
    switch kind {
    case .ownRow, .nextStatement, .counted: return .none
    case .laterStatement, .laterCall, .laterInstructions:
      let between = calling(statementsBehind(upTo: line, including: kind == .laterCall))
      let before = calling(statementsBehind(upTo: line, including: false))
      return neverReturns(before) ? .certain : calls(addresses, between, forward: false)
    case .previousStatement, .earlierStatement, .earlierCall, .earlierInlinedCall, .earlierInstructions:
      return calls(addresses, calling(statementsBefore(from: line)), forward: true)
    case .functionEntry, .callingStatement:
      let between = calling(statementsBefore(from: Int.min))
      guard let end = between.map(\.upperBound).max() else { return .none }
      // What stands before the first statement belongs to the function's own line.
      let start = placement.function.extent.start.line
      return calls(addresses, [start...max(start, end)], forward: true)
    }
  }

  /// The lines of statements; none when the source shows that none of them calls anything.
  private func calling(_ statements: [Statement]) -> [ClosedRange<Int>] {
    let mayCall = statements.contains { statement in
      statement.mayCallPointer || statement.calledNames.contains(where: macros.mayCall)
        || statement.identifiers.contains { macros.isMacro($0) && macros.mayCall($0) }
    }
    return mayCall ? statements.map(\.extent.lines) : []
  }

  private func statementsBehind(upTo line: Int, including isIncluded: Bool) -> [Statement] {
    var result: [Statement] = []
    var current = placement.next
    while let statement = current {
      let isLast = (statement.firstRun ?? statement).extent.start.line >= line
      if !isLast || isIncluded { result.append(statement) }
      if isLast { break }
      current = statement.nextOrdinary
    }
    return result
  }

  private func statementsBefore(from line: Int) -> [Statement] {
    var result: [Statement] = []
    var current = placement.previous
    while let statement = current {
      result.append(statement)
      if statement.extent.start.line <= line { break }
      current = statement.previousOrdinary
    }
    return result
  }

  /// Whether code of the lines calls what is known not to return.
  private func neverReturns(_ wanted: [ClosedRange<Int>]) -> Bool {
    graph.blocks.contains { block in
      guard case .stops = block.exit, let last = block.instructions.last else { return false }
      return isIn(wanted, last) == true
    }
  }

  /// The calls that control comes to from the places through code of the lines, or backwards, not through the places.
  private func calls(_ addresses: Set<UInt64>, _ wanted: [ClosedRange<Int>], forward: Bool) -> Answer {
    guard !wanted.isEmpty else { return .none }
    let starts = Set(addresses.compactMap { graph.instruction(at: $0) })
    var result = Answer.none
    var seen = starts
    var pending = forward ? Array(starts) : starts.flatMap { steps(from: $0, forward: false) }
    while let index = pending.popLast() {
      let isIn = isIn(wanted, index)
      if !starts.contains(index) || !forward {
        guard seen.insert(index).inserted, isIn ?? true else { continue }
      }
      if graph.calls(graph.instructions[index]) {
        if isIn != nil { return .certain }
        result = .possible
      }
      pending += steps(from: index, forward: forward).filter { !starts.contains($0) }
    }
    return result
  }

  /// nil for an instruction of the body that has no line.
  private func isIn(_ wanted: [ClosedRange<Int>], _ index: Int) -> Bool? {
    guard let line = lines.line(of: graph.instructions[index].address) else { return false }
    return line > 0 ? wanted.contains { $0.contains(line) } : nil
  }

  private func steps(from index: Int, forward: Bool) -> [Int] {
    let block = graph.blocks[graph.block(ofInstruction: index)]
    if forward {
      if index + 1 < block.instructions.upperBound { return [index + 1] }
      return block.successors.map { graph.blocks[$0].instructions.lowerBound }
    }
    if index > block.instructions.lowerBound { return [index - 1] }
    return block.predecessors.map { graph.blocks[$0].instructions.upperBound - 1 }
  }
}
