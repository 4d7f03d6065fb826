import CSource
import InstructionDecoder

/// Whether a register holds at a probe what the source has assigned to a variable before the marker, and nothing that
/// it assigns behind it.
///
/// A location list says where a variable is from an address on. Where the compiler merged an assignment with the next
/// one, or computed a later one earlier, the list can be of the wrong moment: the instructions that wrote the register
/// last, each belonging to the line that its row names, are asked as well.
struct RegisterOrder {
  let graph: FlowGraph
  let registers: RegisterWriters
  let lines: BodyLines
  let moment: SiteMoment
  /// The address that is probed.
  let probe: UInt64
  let assignments: VariableAssignments

  /// Why the register need not hold the variable.
  func doubt(_ register: UInt64, _ track: LocationTrack) -> ValueDoubt? {
    guard register < 32, let site = graph.instruction(at: probe) else { return nil }
    if let line = early(register, site, track) {
      return .refuted("line \(line) stands behind the marker, and has changed its register before the probe")
    }
    if track.hasViews { return nil }
    let written = registers.last(of: register, before: site).writers
    let last = Set(written.compactMap { lines.line(of: graph.instructions[$0].address) })
    if let assigned = assignments.last {
      if let doubt = contradiction(assigned, last) { return doubt }
      if last.contains(where: assigned.contains) { return nil }
    }
    guard let line = assignments.next.map(\.lowerBound).min(), let begin = track.begin,
      changesNothing(begin, register, site)
    else { return nil }
    let reason = "no instruction begins its place here, and line \(line), behind the marker, assigns it"
    return begin == moment.address ? .refuted(reason) : .possible(reason)
  }

  /// Whether the variable's place begins in the block of the site without an instruction that writes the register.
  private func changesNothing(_ begin: UInt64, _ register: UInt64, _ site: Int) -> Bool {
    guard begin != graph.instructions[0].address else { return false }
    let start = graph.blocks[graph.block(ofInstruction: site)].instructions.lowerBound
    guard let first = graph.instruction(at: begin), first >= start, first <= site else {
      return begin == moment.address
    }
    return first == start || !graph.instructions[first - 1].registersWritten.contains(.general(Int(register)))
  }

  /// Whether a branch of the assignment before the marker comes behind the probe: then it is not done there.
  func unfinished() -> ValueDoubt? {
    guard let assigned = assignments.last, let site = graph.instruction(at: probe) else { return nil }
    let end = graph.blocks[graph.block(ofInstruction: site)].instructions.upperBound - 1
    guard end >= site, case .conditionalJump = graph.instructions[end].flow,
      let line = lines.line(of: graph.instructions[end].address), assigned.contains(line)
    else { return nil }
    return .refuted("line \(line) assigns it before the marker, and branches behind the probe")
  }

  /// The assignment that control passed last before the marker, held against the lines that wrote the register last.
  private func contradiction(_ assigned: ClosedRange<Int>, _ last: Set<Int>) -> ValueDoubt? {
    let stale = assignments.replaced.first { old in
      last.contains { old.contains($0) && !assigned.contains($0) }
    }
    if let stale {
      return .refuted(
        "line \(assigned.lowerBound) assigns it before the marker, and its register is that of line"
          + " \(stale.lowerBound)")
    }
    guard assignments.lastIsUpdate, !last.contains(where: assigned.contains) else { return nil }
    return .refuted(
      "line \(assigned.lowerBound) changes it before the marker, and no instruction of it changes its register"
    )
  }

  /// The line of an assignment behind the marker that writes the register in the block before the probe, and whose
  /// statement does not begin there.
  private func early(_ register: UInt64, _ site: Int, _ track: LocationTrack) -> Int? {
    let behind = track.hasViews ? assignments.behind : assignments.next
    let start = graph.blocks[graph.block(ofInstruction: site)].instructions.lowerBound
    for index in start..<site {
      let instruction = graph.instructions[index]
      guard instruction.registersWritten.contains(.general(Int(register))),
        let line = lines.line(of: instruction.address), line > assignments.markerLine,
        behind.contains(where: { $0.contains(line) })
      else { continue }
      // Without views every row is a statement's.
      guard track.hasViews else { return line }
      let from = graph.instructions[start].address
      if !lines.hasFrontier(line, from: from, through: instruction.address, after: moment) { return line }
    }
    return nil
  }
}

/// The assignments of a variable by name, seen from a marker.
struct VariableAssignments {
  /// The last line before the marker's place.
  let markerLine: Int
  /// The lines of the one that control passes last before the marker on every way; nil when there is none, or another
  /// may come between.
  let last: ClosedRange<Int>?
  /// Whether that one computes the new value from the old one.
  let lastIsUpdate: Bool
  /// Those that it replaces whenever control comes to the marker.
  let replaced: [ClosedRange<Int>]
  /// Those behind the marker.
  let behind: [ClosedRange<Int>]
  /// Those that control always comes to next behind the marker.
  let next: [ClosedRange<Int>]

  init(_ name: String, file: MarkedFile, placement: Placement) {
    let writes = file.writes(of: placement.function)
    let marker = placement.line
    markerLine = marker
    let direct = writes.places.filter { !$0.isMember && !$0.isIndirect && $0.name == name }
    let assigned = direct.filter { $0.way == .assigned }
    // Lines of a statement without braces begin with the head that it belongs to.
    behind = assigned.map(\.lines).filter { $0.upperBound > marker }
    let following = placement.straightBehind
    next = behind.filter { lines in following.contains { $0.contains(lines.upperBound) } }
    let straight = placement.straightBefore.map(\.extent.lines)
    let found = straight.lazy.compactMap { lines in assigned.first { lines.holds($0.lines) } }.first
    guard let found else {
      last = nil
      lastIsUpdate = false
      replaced = []
      return
    }
    func isBetween(_ lines: ClosedRange<Int>) -> Bool {
      lines.lowerBound > found.lines.upperBound && lines.upperBound <= marker
    }
    let isShadowed =
      direct.contains { isBetween($0.lines) }
      || writes.calls.contains { isBetween($0.lines) && file.macros.writesVariable(name, in: $0.name) }
    last = isShadowed ? nil : found.lines
    lastIsUpdate = found.isUpdate
    let loops = placement.loops.map(\.extent.lines)
    replaced =
      isShadowed
      ? []
      : assigned.map(\.lines).filter { other in
        if other.upperBound < found.lines.lowerBound { return true }
        guard other.upperBound > marker else { return false }
        return loops.first { $0.overlaps(other) }?.holds(found.lines) ?? true
      }
  }
}
