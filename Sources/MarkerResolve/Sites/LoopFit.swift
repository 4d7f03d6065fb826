import CSource
import Elfutils

/// Whether places are in the loop of the machine code that the source has around them. Code that was moved out of its
/// loop is not, nor is one of the iterations that were laid out one behind the other.
struct LoopFit {
  let lines: BodyLines
  let graph: FlowGraph
  let ranges: [AddressRange]

  /// nil when the source does not tell: a macro may loop, a label may be jumped back to.
  func fits(_ address: UInt64, in block: Block) -> Bool? {
    switch block.enclosingLoop {
    case .none: graph.isInCycle(address, within: ranges) ? (block.function.hasLabel ? nil : false) : true
    case .loop(let loop): isInCycle(address, of: loop.extent.lines)
    case .unknown: nil
    }
  }

  /// Whether control comes from the address back to it through code of the lines only.
  private func isInCycle(_ address: UInt64, of wanted: ClosedRange<Int>) -> Bool {
    guard let home = graph.block(at: address), isOnly(home, wanted) else { return false }
    var seen: Set<Int> = []
    var pending = [home]
    while let current = pending.popLast() {
      for successor in graph.blocks[current].successors {
        if successor == home { return true }
        if seen.insert(successor).inserted, isOnly(successor, wanted) { pending.append(successor) }
      }
    }
    return false
  }

  private func isOnly(_ block: Int, _ wanted: ClosedRange<Int>) -> Bool {
    graph.blocks[block].instructions.allSatisfy { index in
      let address = graph.instructions[index].address
      guard ranges.contains(where: { $0.contains(address) }) else { return false }
      guard let line = lines.line(of: address), line > 0 else { return !lines.isOutside(address) }
      return wanted.contains(line)
    }
  }
}

extension Block {
  enum EnclosingLoop {
    case none
    case loop(Statement)
    /// A macro with a body, which may loop.
    case unknown
  }

  /// The innermost loop around the block's statements.
  var enclosingLoop: EnclosingLoop {
    var current: Block? = self
    while let here = current {
      switch here.role {
      case .forBody, .whileBody, .doBody, .macroLoopBody: return here.owner.map { .loop($0) } ?? .unknown
      case .macroBlockBody, .statementExpression: return .unknown
      case .function, .thenBranch, .elseBranch, .switchBody, .compound: current = here.owner?.block
      }
    }
    return .none
  }
}
