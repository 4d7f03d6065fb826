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
    if let doubt = unchanged(site, isMeant: \.isStep, { registers.writes($0, register) }) { return doubt }
    return track.hasViews ? nil : doubtWithoutViews(register, site, track)
  }

  private func doubtWithoutViews(_ register: UInt64, _ site: Int, _ track: LocationTrack) -> ValueDoubt? {
    if let line = late(register, site) {
      return .refuted("line \(line) stands before the marker, and changes its register behind the probe")
    }
    let (written, isEntered) = registers.last(of: register, before: site)
    let last = Set(written.compactMap { lines.line(of: graph.instructions[$0].address) })
    if let assigned = assignments.last {
      if let doubt = contradiction(assigned, last) ?? older(assigned, register, written) { return doubt }
      if last.contains(where: assigned.lines.contains) { return nil }
    }
    return ofOtherLines(register, written, isEntered: isEntered) ?? unbegun(register, site, track)
  }

  /// About a place that begins at no instruction.
  private func unbegun(_ register: UInt64, _ site: Int, _ track: LocationTrack) -> ValueDoubt? {
    guard let line = assignments.next.map(\.lines.lowerBound).min(), let begin = track.begin,
      changesNothing(begin, register, site)
    else { return nil }
    let reason = "no instruction begins its place here, and line \(line), behind the marker, assigns it"
    return begin == moment.address ? .refuted(reason) : .possible(reason)
  }

  /// The line of a statement before the marker that changes the register behind the probe, in the probe's block.
  private func late(_ register: UInt64, _ site: Int) -> Int? {
    guard !assignments.before.isEmpty else { return nil }
    let end = graph.blocks[graph.block(ofInstruction: site)].instructions.upperBound
    for index in site..<end
    where graph.instructions[index].registersWritten.contains(.general(Int(register))) {
      guard let line = lines.line(of: graph.instructions[index].address) else { continue }
      if assignments.before.contains(where: { $0.contains(line) }) { return line }
    }
    return nil
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
    guard let assigned = assignments.last?.lines, !assignments.lastIsInHead,
      let site = graph.instruction(at: probe)
    else { return nil }
    let end = graph.blocks[graph.block(ofInstruction: site)].instructions.upperBound - 1
    guard end >= site, case .conditionalJump = graph.instructions[end].flow,
      let line = lines.line(of: graph.instructions[end].address), assigned.contains(line)
    else { return nil }
    return .refuted("line \(line) assigns it before the marker, and branches behind the probe")
  }

  /// The assignment that control passed last before the marker, held against the lines that wrote the register last.
  private func contradiction(_ place: WrittenPlace, _ last: Set<Int>) -> ValueDoubt? {
    let assigned = place.lines
    let stale = assignments.replaced.first { old in
      last.contains { old.contains($0) && !assigned.contains($0) }
    }
    if let stale {
      return .refuted(
        "line \(assigned.lowerBound) assigns it before the marker, and its register is that of line"
          + " \(stale.lowerBound)")
    }
    guard place.isUpdate, !last.contains(where: assigned.contains) else { return nil }
    return .refuted(
      "line \(assigned.lowerBound) changes it before the marker, and no instruction of it changes its register"
    )
  }

  /// The line of an assignment behind the marker that writes the register in the block before the probe, and whose
  /// statement does not begin there.
  private func early(_ register: UInt64, _ site: Int, _ track: LocationTrack) -> Int? {
    let behind = track.hasViews ? assignments.behind : assignments.next.map(\.lines)
    let start = graph.blocks[graph.block(ofInstruction: site)].instructions.lowerBound
    for index in start..<site {
      let instruction = graph.instructions[index]
      guard instruction.registersWritten.contains(.general(Int(register))),
        let line = lines.line(of: instruction.address), line > assignments.markerLine
      else { continue }
      if !track.hasViews, assignments.behind.contains(where: { $0.contains(line) }),
        isBehindEarlier(index, start, site)
      {
        return line
      }
      guard behind.contains(where: { $0.contains(line) }) else { continue }
      // Without views every row is a statement's.
      guard track.hasViews else { return line }
      let from = graph.instructions[start].address
      if !lines.hasFrontier(line, from: from, through: instruction.address, after: moment) { return line }
    }
    return nil
  }

  /// Whether a statement before the marker in its block runs before an instruction, and none between it and the probe:
  /// then the instruction is not of an earlier pass.
  private func isBehindEarlier(_ index: Int, _ start: Int, _ site: Int) -> Bool {
    func isEarlier(_ index: Int) -> Bool {
      guard let line = lines.line(of: graph.instructions[index].address) else { return false }
      return assignments.earlier.contains { $0.contains(line) }
    }
    return (start..<index).contains(where: isEarlier) && !(index..<site).contains(where: isEarlier)
  }
}
