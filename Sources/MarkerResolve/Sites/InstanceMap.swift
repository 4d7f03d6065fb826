import Elfutils

/// Which inlined body the instructions of one out-of-line function belong to.
final class InstanceMap {
  private let table: FunctionTable
  /// The bodies in the function with their ranges; an inner one stands behind the ones around it.
  private let bodies: [(index: Int, ranges: [AddressRange])]

  init(table: FunctionTable, container: Int) {
    self.table = table
    bodies = table.instances.indices
      .filter { table.instances[$0].container == container && !table.instances[$0].isSplitPart }
      .map { ($0, table.instances[$0].die.ranges) }
  }

  /// The innermost body that holds an address; nil outside of the function.
  func innermost(_ address: UInt64) -> Int? {
    bodies.last { $0.ranges.contains { $0.contains(address) } }?.index
  }

  /// Whether an address is in another body of the function that a body was made from, beside this one.
  func isTwin(_ address: UInt64, of body: Int) -> Bool {
    let around = sequence(first: innermost(address)) { $0.map { self.table.instances[$0].parent } ?? nil }
    return around.prefix { $0 != nil }.compactMap { $0 }.contains { other in
      other != body && table.instances[other].originOffset == table.instances[body].originOffset
        && !isInside(other, body) && !isInside(body, other)
    }
  }

  private func isInside(_ inner: Int, _ outer: Int) -> Bool {
    sequence(first: inner) { self.table.instances[$0].parent }.contains(outer)
  }

  /// How an address looks from a body: in it, in a body inlined into it (the call's line), or outside.
  func view(of address: UInt64, from body: Int) -> Relation {
    guard var current = innermost(address) else { return .outside }
    if current == body { return .inside }
    while let parent = table.instances[current].parent {
      if parent == body {
        let line = table.instances[current].die.unsigned(.callLine).map { Int(clamping: $0) }
        return .called(line: line ?? 0)
      }
      current = parent
    }
    return .outside
  }

  enum Relation {
    case inside
    /// In code that was inlined from a call on the line.
    case called(line: Int)
    case outside
  }
}
