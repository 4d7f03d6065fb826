import Elfutils
import InstructionDecoder

/// One out-of-line function with its graph, built once and only when needed.
final class MachineFunction {
  let die: Die
  let ranges: [AddressRange]
  /// The registers that a call may change, by the psABI.
  let callClobbered: UInt32
  private let makeGraph: () -> FlowGraph?

  init(die: Die, callClobbered: UInt32, makeGraph: @escaping () -> FlowGraph?) {
    self.die = die
    ranges = die.ranges.sorted()
    self.callClobbered = callClobbered
    self.makeGraph = makeGraph
  }

  /// nil when the code cannot be read or decoded.
  lazy var graph: FlowGraph? = makeGraph()
  /// nil when the graph is, or has jumps that cannot be followed.
  lazy var passCounts: PassCounts? = graph.flatMap { PassCounts($0) }
  lazy var entryRegisters: EntryRegisters? = graph.map {
    EntryRegisters(graph: $0, callClobbered: callClobbered)
  }
}
