import CSource
import Elfutils

/// Asks of one site whether the place that a location list gives for a variable, a register or one on the stack, holds
/// it at the marker.
struct RegisterCheck {
  private let order: RegisterOrder
  private let stack: StackSlots?

  /// nil when the code cannot be read.
  init?(found: FoundSite, placement: Placement, name: String, stack: StackSlots?) {
    guard let graph = found.machine.graph else { return nil }
    self.stack = stack
    order = RegisterOrder(
      graph: graph, registers: RegisterWriters(graph: graph, callClobbered: found.machine.callClobbered),
      lines: found.lines, moment: found.moment, probe: found.address,
      assignments: VariableAssignments(name, file: found.file, placement: placement))
  }

  /// What the source assigns next behind the marker.
  var next: [WrittenPlace] { order.assignments.next }

  func doubt(_ object: TypedObject) -> ValueDoubt? {
    if let doubt = order.unfinished() { return doubt }
    guard let track = object.track else { return nil }
    switch object.location {
    case .value(.term(let term)):
      guard case .register(let register) = term.base else { return nil }
      return order.doubt(register, track)
    case .memory(.term(let term)): return doubt(term, track)
    case .memory, .value, .bytes, .implicitPointer, .pieces: return nil
    }
  }

  /// About a place in memory.
  private func doubt(_ term: SymbolicValue.Term, _ track: LocationTrack) -> ValueDoubt? {
    if track.isComputedBefore {
      return .refuted("just before it is computed from what lies in its place")
    }
    if case .register(let register) = term.base,
      let doubt = order.unchanged(memoryAt: register, isOwn: register == stack?.stackPointer)
    {
      return doubt
    }
    return unset(term, track)
  }

  /// GCC lists the stack for a variable that was saved around a call also where control comes past the call.
  private func unset(_ term: SymbolicValue.Term, _ track: LocationTrack) -> ValueDoubt? {
    guard let stack, term.base == .register(stack.stackPointer),
      stack.mayBeUnset(term.addend, byteCount: stack.wordByteCount, at: order.probe, track)
    else { return nil }
    return .possible("it is not stored to its place on the stack on every way to the probe")
  }
}
