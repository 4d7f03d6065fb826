import Elfutils

/// Variables at file scope of the marker's unit.
final class GlobalFinder {
  private var byUnit: [UInt64: [String: Die]] = [:]

  /// The entry of a variable: the definition where the unit has one, else the declaration; nil when the unit
  /// declares no such name.
  func variable(named name: String, in unit: Die) -> Die? { index(of: unit)[name] }

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
}
