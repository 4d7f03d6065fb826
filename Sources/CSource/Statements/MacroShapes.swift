/// What the macros that a file defines expand to, as far as it matters to what stands behind their use.
struct MacroShapes {
  enum Shape: Hashable {
    /// `for (…)` or `while (…)`
    case loop
    /// `case x:`
    case caseLabel
    /// Anything else that ends in a colon.
    case label
    case other
  }

  private let bytes: [UInt8]
  private let definitions: [Directive]
  /// Made when first asked for: many files define thousands of macros and use none of them so.
  private var shapes: [String: Shape]?

  init(_ bytes: [UInt8], _ directives: [Directive]) {
    self.bytes = bytes
    self.definitions = directives.filter { $0.kind == .define }
  }

  /// The shape of a macro that the file defines; nil for others. The first of several definitions counts.
  mutating func shape(of name: String) -> Shape? {
    if definitions.isEmpty { return nil }
    let known = shapes ?? makeShapes()
    shapes = known
    return known[name]
  }

  private func makeShapes() -> [String: Shape] {
    var shapes: [String: Shape] = [:]
    for definition in definitions {
      var end = definition.bodyOffset
      while end < definition.endOffset, CharacterClass.isIdentifierPart(bytes[end]) { end += 1 }
      // Without a parenthesis directly behind the name there are no parameters, and no head of anything.
      guard end < definition.endOffset, bytes[end] == UInt8(ascii: "(") else { continue }
      let name = String(decoding: bytes[definition.bodyOffset..<end], as: UTF8.self)
      if shapes[name] == nil { shapes[name] = shape(from: end, to: definition.endOffset) }
    }
    return shapes
  }

  private func shape(from start: Int, to end: Int) -> Shape {
    let tokens = Lexer.readPart(bytes, from: start, to: end, line: 1)
    guard let close = tokens.firstIndex(where: { $0.is(.rightParenthesis) }), close + 1 < tokens.count else {
      return .other
    }
    let first = tokens[close + 1]
    if first.is(.for) || first.is(.while) { return .loop }
    guard let last = tokens.last, last.is(.colon) else { return .other }
    return first.is(.case) || first.is(.default) ? .caseLabel : .label
  }
}
