import SystemPackage
import TOMLKit

extension ConfigNode {
  /// Reads TOML 1.0.
  ///
  /// - Throws: when the text is none.
  init(toml text: String, path: FilePath) throws(ConfigurationError) {
    do {
      let table = try TOMLTable(string: text)
      self.init(table: table, keyPath: [], places: TomlPlaces(text), at: .start)
    } catch let error as TOMLParseError {
      let begin = error.source.begin
      throw ConfigurationError(
        path: path, place: TextPlace(line: max(1, begin.line), column: max(1, begin.column)),
        reason: error.description.prefix(1).lowercased() + error.description.dropFirst())
    } catch {
      throw ConfigurationError(path: path, place: .start, reason: "\(error)")
    }
  }

  private init(table: TOMLTable, keyPath: [String], places: TomlPlaces, at place: TextPlace) {
    let members = table.keys.compactMap { key -> Member? in
      guard let value = table[key] else { return nil }
      let path = keyPath + [key]
      let known = places.place(of: path)
      return Member(
        key: key, keyPlace: known?.key ?? place,
        node: ConfigNode(value, keyPath: path, places: places, at: known?.value ?? place))
    }
    self.init(
      value: .table(members.sorted { ($0.keyPlace.line, $0.key) < ($1.keyPlace.line, $1.key) }), place: place)
  }

  private init(
    _ value: any TOMLValueConvertible, keyPath: [String], places: TomlPlaces, at place: TextPlace
  ) {
    if let table = value.table {
      self.init(table: table, keyPath: keyPath, places: places, at: place)
    } else if let array = value.array {
      let nodes = (0..<array.count).map { index in
        let path = keyPath + ["\(index)"]
        return ConfigNode(
          array[index], keyPath: path, places: places, at: places.place(of: path)?.key ?? place)
      }
      self.init(value: .list(nodes), place: place)
    } else if let string = value.string {
      self.init(value: .string(string), place: place)
    } else if let boolean = value.bool {
      self.init(value: .boolean(boolean), place: place)
    } else if let integer = value.int {
      self.init(value: .integer(integer), place: place)
    } else {
      self.init(value: .other("a \(value.type)"), place: place)
    }
  }
}
