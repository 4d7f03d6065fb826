import Elfutils

/// Variables at file scope: of the marker's unit, else of the whole image.
final class GlobalFinder {
  private let info: DwarfInfo
  private var byUnit: [UInt64: [String: Die]] = [:]
  private lazy var everywhere: [String: Die] = indexAll()

  init(info: DwarfInfo) { self.info = info }

  /// The entry of a global: one with a location where there is one; nil when no unit declares the name.
  func variable(named name: String, in unit: Die) -> Die? {
    guard let own = index(of: unit)[name] else { return nil }
    if own.has(.location) || own.has(.constValue) { return own }
    return everywhere[name] ?? own
  }

  /// An enumerator's value by name; nil when the unit knows none of that name.
  func enumerator(named name: String, in unit: Die) -> Int64? {
    for type in unit.children where type.tag == .enumerationType {
      for child in type.children where child.tag == .enumerator && child.name == name {
        return child.signed(.constValue)
      }
    }
    return nil
  }

  func names(in unit: Die) -> [String] { Array(index(of: unit).keys) }

  private func index(of unit: Die) -> [String: Die] {
    if let known = byUnit[unit.offset] { return known }
    var result: [String: Die] = [:]
    for child in unit.children where child.tag == .variable {
      guard let name = child.name else { continue }
      if result[name] == nil || child.has(.location) { result[name] = child }
    }
    byUnit[unit.offset] = result
    return result
  }

  private func indexAll() -> [String: Die] {
    var result: [String: Die] = [:]
    for unit in info.units {
      guard let contents = unit.contents else { continue }
      for child in contents.children where child.tag == .variable && child.has(.location) {
        let isExternal = child.flag(.external) || child.reference(.specification)?.flag(.external) == true
        if isExternal, let name = child.name, result[name] == nil { result[name] = child }
      }
    }
    return result
  }
}
