import CSource
import InstructionDecoder

/// Variables that a loop keeps in another form than the debugging information says.
extension RegisterOrder {
  /// Why memory at a register need not hold the variable: the loop comes back with no store and the same address.
  ///
  /// - Parameter isOwn: whether the memory is the variable's own place on the stack, not another object that it was
  ///   read from.
  func unchanged(memoryAt register: UInt64, isOwn: Bool) -> ValueDoubt? {
    guard register < 32, let site = graph.instruction(at: probe) else { return nil }
    func isMeant(_ place: WrittenPlace) -> Bool {
      place.isStep || !isOwn && place.number == nil && place.source == nil
    }
    return unchanged(site, isMeant: isMeant) { index in
      let instruction = graph.instructions[index]
      return registers.writes(index, register) || graph.calls(instruction) || !instruction.isKnown
        || instruction.memoryAccess.contains(.write)
    }
  }

  /// An assignment that the loop around the marker makes whenever it comes back, while some way round does not change
  /// the place: the variable is kept in another form there.
  func unchanged(
    _ site: Int, isMeant: (WrittenPlace) -> Bool, _ changes: (Int) -> Bool
  ) -> ValueDoubt? {
    guard let update = assignments.repeated, isMeant(update) else { return nil }
    let closed = graph.blocks.indices.filter { block in
      let range = graph.blocks[block].instructions
      return lines.isOutside(graph.instructions[range.lowerBound].address) || range.contains(where: changes)
    }
    guard graph.repeats(site, avoiding: Set(closed)) else { return nil }
    return .refuted(
      "the loop comes back to the probe without a change of its place, and line \(update.lines.lowerBound) assigns it"
    )
  }
}
