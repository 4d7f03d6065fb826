import CSource

extension StoreOrder {
  /// The line of another function, inlined into the same code, that changes one of the objects just before the probe
  /// and whose store does not come before it; nil when there is none.
  ///
  /// - Parameter globals: variables on the way that every function can change.
  func missingInlined(_ places: [ReadPlace], members: Set<String>, globals: Set<String>) -> Int? {
    guard !isTracked, !members.isEmpty || !globals.isEmpty, let site = graph.instruction(at: probe) else {
      return nil
    }
    let start = graph.blocks[graph.block(ofInstruction: site)].instructions.lowerBound
    for index in (start..<site).reversed() {
      let instruction = graph.instructions[index]
      if stores(instruction, to: places) || graph.calls(instruction) { return nil }
      if let line = lines.foreignLine(of: instruction.address), changes(members, globals, on: line) {
        return line
      }
    }
    return nil
  }

  func changes(_ members: Set<String>, _ globals: Set<String>, on line: Int) -> Bool {
    guard let function = lines.file.source?.functionBodies.first(where: { $0.extent.lines.contains(line) })
    else { return false }
    let writes = lines.file.writes(of: function)
    let macros = lines.file.macros
    return writes.places.contains {
      ($0.isMember ? members : globals).contains($0.name) && $0.way == .assigned && $0.lines.contains(line)
    }
      || writes.calls.contains { call, lines in
        lines.contains(line)
          && (members.contains { macros.writes($0, isMember: true, in: call) }
            || globals.contains { macros.writes($0, isMember: false, in: call) })
      }
  }
}
