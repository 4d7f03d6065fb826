import InstructionDecoder

extension StoreOrder {
  /// The line of a statement that runs whenever the loop comes to the marker again, when the loop has a way round
  /// without any store to the object: it is kept in a register meanwhile (store motion, gcc/tree-ssa-loop-im.cc) and
  /// stored behind the loop. nil when there is none.
  func kept(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    writers.repeated.first { writer in
      guard lines.hasRows(writer.lines) else { return false }
      let doers = graph.instructions.indices.filter { index in
        let instruction = graph.instructions[index]
        if stores(instruction, to: places) { return true }
        // Where the source names no element, a store with an index is another object's.
        if !writer.isIndirect, let store = instruction.store, store.hasIndex || store.isElement {
          return false
        }
        return does(index, writer, writers, places)
      }
      return graph.repeats(site, avoiding: Set(doers.map { graph.block(ofInstruction: $0) }))
    }?.lines.lowerBound
  }
}

extension StoredOperand {
  /// Whether the displacement is the address of an array of the image and the register the index: no object is so
  /// large that a member of it lies so far behind a pointer.
  var isElement: Bool { base != nil && displacement.magnitude >= 1 << 20 }
}

extension FlowGraph {
  /// Whether control can come from an instruction back to it without passing one of the blocks.
  func repeats(_ index: Int, avoiding closed: Set<Int>) -> Bool {
    let home = block(ofInstruction: index)
    guard !closed.contains(home) else { return false }
    var seen = closed
    var pending = [home]
    while let current = pending.popLast() {
      for next in blocks[current].successors {
        if next == home { return true }
        if seen.insert(next).inserted { pending.append(next) }
      }
    }
    return false
  }
}
