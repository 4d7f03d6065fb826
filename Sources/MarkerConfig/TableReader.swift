import SystemPackage

/// Reads the keys of one table; what was not asked for is refused at the end.
struct TableReader {
  let path: FilePath
  let place: TextPlace
  private var members: [ConfigNode.Member]
  /// The keys that were asked for.
  private var known: [String] = []

  init(_ node: ConfigNode, path: FilePath) throws(ConfigurationError) {
    guard case .table(let members) = node.value else {
      throw ConfigurationError(
        path: path, place: node.place, reason: "a table is wanted here, not \(node.described)")
    }
    self.path = path
    self.members = members
    place = node.place
  }

  func failure(_ place: TextPlace, _ reason: String) -> ConfigurationError {
    ConfigurationError(path: path, place: place, reason: reason)
  }

  private mutating func take(_ key: String) -> ConfigNode? {
    known.append(key)
    guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    return members.remove(at: index).node
  }

  /// A string; nil when the key is not there.
  mutating func string(_ key: String) throws(ConfigurationError) -> (text: String, place: TextPlace)? {
    guard let node = take(key) else { return nil }
    guard case .string(let text) = node.value else {
      throw failure(node.place, "'\(key)' is a string, not \(node.described)")
    }
    return (text, node.place)
  }

  /// A number from `minimum`; nil when the key is not there.
  mutating func integer(_ key: String, from minimum: Int) throws(ConfigurationError) -> Int? {
    guard let node = take(key) else { return nil }
    guard case .integer(let number) = node.value, number >= minimum else {
      throw failure(node.place, "'\(key)' is a number from \(minimum)")
    }
    return number
  }

  /// A string or a list of strings; empty when the key is not there.
  mutating func strings(_ key: String) throws(ConfigurationError) -> [(text: String, place: TextPlace)] {
    guard let node = take(key) else { return [] }
    var texts: [(String, TextPlace)] = []
    for element in elements(node) {
      guard case .string(let text) = element.value else {
        throw failure(element.place, "'\(key)' is a list of strings, not of \(element.described)")
      }
      texts.append((text, element.place))
    }
    return texts
  }

  /// The tables of a list; empty when the key is not there.
  mutating func tables(_ key: String) throws(ConfigurationError) -> [TableReader] {
    guard let node = take(key) else { return [] }
    var tables: [TableReader] = []
    for element in elements(node) { tables.append(try TableReader(element, path: path)) }
    return tables
  }

  /// A table whose keys are the user's, with strings; empty when the key is not there.
  mutating func dictionary(
    _ key: String
  ) throws(ConfigurationError) -> [(key: String, keyPlace: TextPlace, text: String, place: TextPlace)] {
    guard let node = take(key) else { return [] }
    guard case .table(let members) = node.value else {
      throw failure(node.place, "'\(key)' is a table, not \(node.described)")
    }
    var entries: [(String, TextPlace, String, TextPlace)] = []
    for member in members {
      guard case .string(let text) = member.node.value else {
        throw failure(member.node.place, "'\(member.key)' is a string, not \(member.node.described)")
      }
      entries.append((member.key, member.keyPlace, text, member.node.place))
    }
    return entries
  }

  /// Refuses what is left.
  func finish() throws(ConfigurationError) {
    guard let first = members.first else { return }
    let names = known.map { "'\($0)'" }.joined(separator: ", ")
    throw failure(first.keyPlace, "there is no key '\(first.key)' here; there are \(names)")
  }

  private func elements(_ node: ConfigNode) -> [ConfigNode] {
    if case .list(let elements) = node.value { elements } else { [node] }
  }
}
