import CSource
import Elfutils
import MarkerScan

/// Asks of one site whether the memory that a capture reads holds what the source has stored there by then.
struct MemoryCheck {
  let found: FoundSite
  let placement: Placement?
  let machine: Machine
  /// The stack of the site's code; nil when it cannot be read.
  let stack: StackSlots?

  /// - Parameter fixed: the variables of the expression that have one place in memory for their whole life.
  func doubt(
    _ expression: Expression, _ object: TypedObject, byteCount: Int, fixed: Set<String>, globals: Set<String>
  ) -> ValueDoubt? {
    let places = ReadPlace.all(object.location, byteCount: byteCount)
    guard !places.isEmpty, let placement, let graph = found.machine.graph,
      let stackPointer = RegisterNames.stackPointer(on: machine)
    else { return nil }
    var elements = expression.indexedNames
    if case .array = object.type.kind { elements.formUnion(expression.lastName.map { [$0] } ?? []) }
    let writers = SourceWriters(
      members: expression.members, variables: fixed, elements: elements, file: found.file,
      placement: placement)
    let order = StoreOrder(
      graph: graph, lines: found.lines, moment: found.moment, probe: found.address,
      markerLine: placement.line,
      stackPointer: Int(stackPointer), isTracked: object.isTracked,
      stackShifts: places.contains { $0.base == .register(stackPointer) }
        ? stack?.shifts(from: found.address) ?? [:] : [:])
    if let doubt = order.doubt(places, writers: writers) { return doubt }
    return order.missingInlined(places, members: expression.members, globals: globals)
      .map { .refuted("no store of line \($0) comes to the probe") }
  }
}

extension FoundSite {
  var lines: BodyLines {
    BodyLines(file: file, instances: file.instances(in: container.container), body: body)
  }
}

extension Placement {
  /// The last line that stands before the marker's place, its own included: code of higher lines comes behind it.
  var line: Int {
    if let marker { return marker.extent.start.line }
    if let next { return next.extent.start.line - 1 }
    return previous?.extent.end.line ?? block.extent?.end.line ?? 0
  }
}
