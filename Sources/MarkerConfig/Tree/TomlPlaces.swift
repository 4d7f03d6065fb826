/// Where the keys of a TOML text stand: the library that reads TOML does not say.
///
/// Found are the keys that begin a line, and tables; what stands within an inline table has the place of its key.
struct TomlPlaces {
  private var places: [[String]: (key: TextPlace, value: TextPlace)] = [:]

  init(_ text: String) {
    var table: [String] = []
    var counts: [[String]: Int] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.drop { $0 == " " || $0 == "\t" }
      let column = line.count - content.count + 1
      let place = TextPlace(line: index + 1, column: column)
      if let header = Self.header(content) {
        table = header.keys
        if header.isElement {
          let number = counts[table, default: 0]
          counts[table] = number + 1
          table.append("\(number)")
        }
        add(table, key: place, value: place)
      } else if let pair = Self.pair(content) {
        add(
          table + pair.keys, key: place,
          value: TextPlace(line: index + 1, column: column + pair.valueDistance))
      }
    }
  }

  /// The places of a key and its value; nil when the key begins no line.
  func place(of keyPath: [String]) -> (key: TextPlace, value: TextPlace)? { places[keyPath] }

  private mutating func add(_ keyPath: [String], key: TextPlace, value: TextPlace) {
    if places[keyPath] == nil { places[keyPath] = (key, value) }
  }

  /// `[a.b]` or `[[a.b]]`
  private static func header(_ line: Substring) -> (keys: [String], isElement: Bool)? {
    let isElement = line.hasPrefix("[[")
    guard line.hasPrefix("["), let (keys, rest) = keys(line.dropFirst(isElement ? 2 : 1)),
      rest.hasPrefix(isElement ? "]]" : "]")
    else { return nil }
    return (keys, isElement)
  }

  /// `a.b = value`; the distance of the value from the begin of the key, in characters.
  private static func pair(_ line: Substring) -> (keys: [String], valueDistance: Int)? {
    guard let (keys, rest) = keys(line), rest.hasPrefix("=") else { return nil }
    let value = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
    return (keys, line.count - value.count)
  }

  /// A dotted key, and what follows it behind blanks; nil when there is none.
  private static func keys(_ text: Substring) -> (keys: [String], rest: Substring)? {
    var keys: [String] = []
    var rest = text.drop { $0 == " " || $0 == "\t" }
    while true {
      guard let (key, behind) = key(rest) else { return nil }
      keys.append(key)
      rest = behind.drop { $0 == " " || $0 == "\t" }
      guard rest.hasPrefix(".") else { return (keys, rest) }
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
    }
  }

  /// A bare key, or a quoted one without escapes.
  private static func key(_ text: Substring) -> (key: String, rest: Substring)? {
    if let quote = text.first, quote == "\"" || quote == "'" {
      let body = text.dropFirst()
      guard let end = body.firstIndex(of: quote) else { return nil }
      return (String(body[..<end]), body[body.index(after: end)...])
    }
    let bare = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    return bare.isEmpty ? nil : (String(bare), text[bare.endIndex...])
  }
}
