import CSource

/// What the macros of a unit do, from the source files at hand that the unit's line table names.
final class MacroTable {
  private var bodies: [String: MacroBody] = [:]
  private var jumps: [String: Bool] = [:]
  private var statements: [String: Bool] = [:]

  init(files: [[String: MacroBody]]) {
    for file in files {
      bodies.merge(file) { left, right in
        var merged = left
        merged.merge(right)
        return merged
      }
    }
  }

  /// Whether a name is a macro that may jump, by itself or through macros in it.
  func mayJump(_ name: String) -> Bool { search(name, \.mayJump, &jumps, depth: 0) }

  /// Whether a name is a macro that holds statements, by itself or through macros in it.
  func hasStatements(_ name: String) -> Bool { search(name, \.hasStatements, &statements, depth: 0) }

  private func search(
    _ name: String, _ property: KeyPath<MacroBody, Bool>, _ known: inout [String: Bool], depth: Int
  ) -> Bool {
    if let answer = known[name] { return answer }
    guard let body = bodies[name], depth < 32 else { return false }
    known[name] = false  // a macro does not expand inside itself
    var answer = body[keyPath: property]
    for inner in body.identifiers where !answer {
      answer = search(inner, property, &known, depth: depth + 1)
    }
    known[name] = answer
    return answer
  }
}
