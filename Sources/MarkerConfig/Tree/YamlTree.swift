import SystemPackage
import Yams

extension ConfigNode {
  /// Reads YAML 1.1: one document, empty for an empty text.
  ///
  /// - Throws: when the text is none.
  init(yaml text: String, path: FilePath) throws(ConfigurationError) {
    do {
      let node = try Yams.Parser(yaml: text).singleRoot()
      var count = 0
      self =
        try node.map { try ConfigNode($0, path: path, count: &count) }
        ?? ConfigNode(value: .table([]), place: .start)
    } catch let error as ConfigurationError {
      throw error
    } catch let error as YamlError {
      throw ConfigurationError(path: path, yaml: error)
    } catch {
      throw ConfigurationError(path: path, place: .start, reason: "\(error)")
    }
  }

  /// A file that is written by hand has fewer values; aliases within aliases would make any number of them.
  private static let limit = 100_000

  private init(_ node: Node, path: FilePath, count: inout Int) throws(ConfigurationError) {
    let place = node.mark.map(TextPlace.init) ?? .start
    count += 1
    guard count <= Self.limit else {
      throw ConfigurationError(path: path, place: place, reason: "there are more than \(Self.limit) values")
    }
    switch node {
    case .alias: throw ConfigurationError(path: path, place: place, reason: "aliases are not supported")
    case .sequence(let sequence):
      var nodes: [ConfigNode] = []
      for element in sequence { nodes.append(try ConfigNode(element, path: path, count: &count)) }
      self.init(value: .list(nodes), place: place)
    case .mapping(let mapping):
      var members: [Member] = []
      for (key, value) in mapping {
        let keyPlace = key.mark.map(TextPlace.init) ?? place
        guard case .scalar(let name) = key else {
          throw ConfigurationError(path: path, place: keyPlace, reason: "a key is not a string")
        }
        members.append(
          Member(key: name.string, keyPlace: keyPlace, node: try ConfigNode(value, path: path, count: &count))
        )
      }
      self.init(value: .table(members), place: place)
    case .scalar(let scalar): self.init(value: Self.value(scalar, node), place: place)
    }
  }

  private static func value(_ scalar: Node.Scalar, _ node: Node) -> Value {
    switch scalar.style {
    case .any, .plain:
      if let integer = Int(scalar.string) { return .integer(integer) }
      switch scalar.string {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      case "", "~", "null": return .other("nothing")
      default: return .string(scalar.string)
      }
    case .singleQuoted, .doubleQuoted, .literal, .folded: return .string(scalar.string)
    }
  }
}

extension TextPlace {
  fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension ConfigurationError {
  fileprivate init(path: FilePath, yaml error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(path: path, place: TextPlace(mark), reason: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        path: path, place: TextPlace(context.mark),
        reason: "the key '\(duplicates.first ?? "?")' stands more than once")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      self.init(path: path, place: .start, reason: "\(error)")
    }
  }
}
