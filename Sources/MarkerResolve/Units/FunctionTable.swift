import Elfutils

/// One body of code of a source function: the out-of-line body, a clone, or one inlined call.
struct FunctionInstance {
  let die: Die
  /// The entry that describes the function: the abstract instance root, else the entry itself.
  let originOffset: UInt64
  /// The index of the out-of-line instance whose machine code holds this one; its own index when out of line.
  let container: Int
  /// The index of the instance that this one was inlined into; nil when out of line.
  let parent: Int?
  /// Whether it is the rest of the body that it was inlined into: gcc splits a function for partial inlining
  /// (gcc/ipa-split.cc) and inlines the split part, as if called where the function is declared.
  var isSplitPart = false

  var isInlined: Bool { parent != nil }
}

/// A function as the source declares it.
struct FunctionOrigin {
  let die: Die
  let offset: UInt64
  let name: String
  let file: Int32
  let line: Int32
}

/// All functions of a unit with all their bodies.
struct FunctionTable {
  private(set) var instances: [FunctionInstance] = []
  private(set) var origins: [FunctionOrigin] = []
  private var knownOrigins: Set<UInt64> = []
  private var byOrigin: [UInt64: [Int]] = [:]
  private var childrenOf: [Int: [Int]] = [:]
  /// The functions with a split part that was inlined.
  private(set) var splitOrigins: Set<UInt64> = []

  init(unit: Die) {
    for child in unit.children { visitTop(child, depth: 0) }
  }

  /// The bodies of a function; a split part belongs to the body around it.
  func instances(of origin: UInt64) -> [Int] { byOrigin[origin] ?? [] }

  /// The bodies that were inlined directly into a body.
  func children(of body: Int) -> [Int] { childrenOf[body] ?? [] }

  /// The instance whose variables are in force at an address of a body: the innermost split part there, else the
  /// body itself.
  func holder(of address: UInt64, in body: Int) -> FunctionInstance {
    let part = children(of: body).first { child in
      instances[child].isSplitPart && instances[child].die.ranges.contains { $0.contains(address) }
    }
    return part.map { holder(of: address, in: $0) } ?? instances[body]
  }

  private mutating func visitTop(_ die: Die, depth: Int) {
    switch die.tag {
    case .subprogram: visitSubprogram(die)
    case DwarfTag(rawValue: 0x39), DwarfTag(rawValue: 0x1e):  // namespace, module
      guard depth < 64 else { return }
      for child in die.children { visitTop(child, depth: depth + 1) }
    default: break
    }
  }

  private mutating func visitSubprogram(_ die: Die) {
    let origin = die.abstractRoot
    addOrigin(origin)
    guard die.has(.lowPC) || die.has(.ranges) else {
      // An abstract instance root or a declaration: nested functions may still stand inside.
      return
    }
    let index = instances.count
    instances.append(FunctionInstance(die: die, originOffset: origin.offset, container: index, parent: nil))
    byOrigin[origin.offset, default: []].append(index)
    visitChildren(die, container: index, parent: index, depth: 0)
  }

  private mutating func addOrigin(_ die: Die) {
    // A declaration (a prototype, an `extern` in a block) is no place for a marker.
    guard !die.flag(.declaration), let line = die.unsigned(.declLine),
      knownOrigins.insert(die.offset).inserted
    else { return }
    origins.append(
      FunctionOrigin(
        die: die, offset: die.offset, name: die.name ?? "",
        file: Int32(truncatingIfNeeded: die.unsigned(.declFile) ?? 0), line: Int32(truncatingIfNeeded: line)))
  }

  private mutating func visitChildren(_ die: Die, container: Int, parent: Int, depth: Int) {
    guard depth < 512 else { return }
    for child in die.children {
      switch child.tag {
      case .inlinedSubroutine:
        let index = instances.count
        let origin = child.abstractRoot
        let isSplitPart =
          instances[parent].originOffset == origin.offset && isCalledWhereDeclared(child, origin)
        instances.append(
          FunctionInstance(
            die: child, originOffset: origin.offset, container: container, parent: parent,
            isSplitPart: isSplitPart))
        childrenOf[parent, default: []].append(index)
        if isSplitPart {
          splitOrigins.insert(origin.offset)
        } else {
          byOrigin[origin.offset, default: []].append(index)
        }
        visitChildren(child, container: container, parent: index, depth: depth + 1)
      case .lexicalBlock:
        visitChildren(child, container: container, parent: parent, depth: depth + 1)
      case .subprogram:
        visitSubprogram(child)
      default: break
      }
    }
  }

  private func isCalledWhereDeclared(_ call: Die, _ origin: Die) -> Bool {
    guard let line = origin.unsigned(.declLine), call.unsigned(.callLine) == line else { return false }
    guard let column = call.unsigned(.callColumn) else { return true }
    return origin.unsigned(.declColumn).map { $0 == column } ?? true
  }
}
