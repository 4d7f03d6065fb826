/// A value of a configuration file with its place, whatever the file's syntax.
struct ConfigNode {
  let value: Value
  let place: TextPlace

  enum Value {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case list([ConfigNode])
    case table([Member])
    /// A value that no key of ours takes: what it is, for the message.
    case other(String)
  }

  struct Member {
    let key: String
    let keyPlace: TextPlace
    let node: ConfigNode
  }

  /// What the value is, for messages: "a string".
  var described: String {
    switch value {
    case .string: "a string"
    case .integer: "a number"
    case .boolean: "a boolean"
    case .list: "a list"
    case .table: "a table"
    case .other(let what): what
    }
  }
}

/// A place in a text, both 1-based.
struct TextPlace: Hashable {
  let line: Int
  let column: Int

  static let start = TextPlace(line: 1, column: 1)
}
