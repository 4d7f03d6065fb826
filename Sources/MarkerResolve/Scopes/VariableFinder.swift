import Elfutils

/// A variable or parameter as a function declares it.
struct VariableDeclaration {
  /// The entry in the abstract instance, or in the only instance there is.
  let die: Die
  let name: String
  /// 1-based; 0 when unknown.
  let line: Int
  let file: Int32
  let isParameter: Bool
  /// The offsets of the lexical blocks around the declaration, outermost first; empty at function level.
  let blocks: [UInt64]
}

/// The declarations of one function, by walking its origin once.
struct FunctionScope {
  let declarations: [VariableDeclaration]

  init(origin: Die) {
    var result: [VariableDeclaration] = []
    Self.collect(origin, blocks: [], into: &result)
    declarations = result
  }

  private static func collect(_ die: Die, blocks: [UInt64], into result: inout [VariableDeclaration]) {
    guard blocks.count < 256 else { return }
    for child in die.children {
      switch child.tag {
      case .formalParameter, .variable:
        guard let name = child.name else { continue }
        let line = child.holder(of: .declLine)?.unsigned(.declLine) ?? 0
        let file = child.holder(of: .declFile)?.unsigned(.declFile) ?? 0
        result.append(
          VariableDeclaration(
            die: child, name: name, line: Int(clamping: line), file: Int32(truncatingIfNeeded: file),
            isParameter: child.tag == .formalParameter, blocks: blocks))
      case .lexicalBlock:
        collect(child, blocks: blocks + [child.offset], into: &result)
      default: break
      }
    }
  }

  func declarations(named name: String) -> [VariableDeclaration] { declarations.filter { $0.name == name } }
}

/// The concrete entries of one instance: for each entry of the origin, the entry that has its location here.
struct InstanceVariables {
  private var byOrigin: [UInt64: [(die: Die, ranges: [AddressRange])]] = [:]

  init(instance: Die) { collect(instance, ranges: [], depth: 0) }

  /// The entry of the instance for a declaration; of several (a block copied) the one whose block holds the address.
  func entry(for declaration: Die, at address: UInt64) -> Die? {
    let found = byOrigin[declaration.offset] ?? []
    return (found.first { $0.ranges.contains { $0.contains(address) } } ?? found.first)?.die
  }

  /// Whether the block of the declaration holds the address in this instance; nil when the block has no ranges.
  func blockContains(_ address: UInt64, of declaration: Die) -> Bool? {
    let ranges = (byOrigin[declaration.offset] ?? []).flatMap(\.ranges)
    return ranges.isEmpty ? nil : ranges.contains { $0.contains(address) }
  }

  private mutating func collect(_ die: Die, ranges: [AddressRange], depth: Int) {
    guard depth < 256 else { return }
    for child in die.children {
      switch child.tag {
      case .formalParameter, .variable:
        byOrigin[child.origin.offset, default: []].append((child, ranges))
        if child.origin.offset != child.offset { byOrigin[child.offset, default: []].append((child, ranges)) }
      case .lexicalBlock:
        collect(child, ranges: child.ranges, depth: depth + 1)
      default: break
      }
    }
  }
}
