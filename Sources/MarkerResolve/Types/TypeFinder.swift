import Elfutils
import MarkerScan

/// Finds types by name: in the marker's own unit, else in any unit of the image.
final class TypeFinder {
  private let info: DwarfInfo
  private var byUnit: [UInt64: [String: Die]] = [:]
  private lazy var everywhere: [String: Die] = indexAll()

  init(info: DwarfInfo) { self.info = info }

  /// The type that a cast or `container_of` names; nil when no unit defines it.
  func type(named name: TypeName, in unit: Die) -> CType? {
    guard let base = baseType(name, in: unit) else { return nil }
    return name.pointerDepth == 0 ? base : nil
  }

  /// What a cast to a pointer type points at, one level down; nil when no unit defines it.
  func pointee(of name: TypeName, in unit: Die) -> CType? {
    guard name.pointerDepth >= 1, var result = baseType(name, in: unit) else { return nil }
    for _ in 1..<min(name.pointerDepth, 16) { result = PointerType.to(result) }
    return result
  }

  /// The definition of a structure of which the unit knows only a declaration; the type itself when complete.
  func completed(_ type: CType) -> CType {
    guard let die = type.die, die.flag(.declaration), let name = die.name else { return type }
    let tag = die.tag == .unionType ? "union" : die.tag == .enumerationType ? "enum" : "struct"
    guard let found = everywhere["\(tag) \(name)"] else { return type }
    return CType(resolving: found)
  }

  private func baseType(_ name: TypeName, in unit: Die) -> CType? {
    if name.tag == nil, name.name == "void" { return CType(kind: .void, die: nil) }
    let key = name.tag.map { "\($0.rawValue) \(name.name)" } ?? normalised(name.name)
    if let die = index(of: unit)[key] ?? everywhere[key] { return CType(resolving: die) }
    return nil
  }

  /// GCC's names of the base types ("long unsigned int") for what people write ("unsigned long").
  private func normalised(_ name: String) -> String {
    let words = name.split(separator: " ").map(String.init)
    guard words.allSatisfy({ ["unsigned", "signed", "long", "short", "int", "char"].contains($0) }) else {
      return name
    }
    let isUnsigned = words.contains("unsigned")
    let longs = words.filter { $0 == "long" }.count
    if words.contains("char") {
      return isUnsigned ? "unsigned char" : words.contains("signed") ? "signed char" : "char"
    }
    if words.contains("short") { return isUnsigned ? "short unsigned int" : "short int" }
    let prefix = String(repeating: "long ", count: longs)
    return isUnsigned ? prefix + "unsigned int" : prefix + "int"
  }

  private func index(of unit: Die) -> [String: Die] {
    if let known = byUnit[unit.offset] { return known }
    var result: [String: Die] = [:]
    add(unit, to: &result)
    byUnit[unit.offset] = result
    return result
  }

  private func indexAll() -> [String: Die] {
    var result: [String: Die] = [:]
    for unit in info.units {
      if let contents = unit.contents { add(contents, to: &result) }
    }
    return result
  }

  private func add(_ unit: Die, to result: inout [String: Die]) {
    for child in unit.children {
      guard let prefix = prefix(child.tag), !child.flag(.declaration), let name = child.name else { continue }
      let key = prefix + name
      if result[key] == nil { result[key] = child }
    }
  }

  private func prefix(_ tag: DwarfTag) -> String? {
    switch tag {
    case .structureType: "struct "
    case .unionType: "union "
    case .enumerationType: "enum "
    case .typedef, .baseType: ""
    default: nil
    }
  }
}
