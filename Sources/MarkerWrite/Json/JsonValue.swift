/// A JSON value whose members keep the order in which they were written (RFC 8259).
///
/// Foundation's encoder orders members by name or not at all; a report is easier to read in the order of its schema.
public indirect enum JsonValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JsonValue])
  case object([Member])

  public struct Member: Sendable, Equatable {
    public let name: String
    public let value: JsonValue

    public init(_ name: String, _ value: JsonValue) {
      self.name = name
      self.value = value
    }
  }

  public static func optional(_ text: String?) -> JsonValue { text.map { .string($0) } ?? .null }
  public static func optional(_ number: Int?) -> JsonValue { number.map { .integer($0) } ?? .null }
  public static func strings(_ texts: [String]) -> JsonValue { .array(texts.map { .string($0) }) }

  /// A link address as the reports write it: "0xffffffff8134cc50".
  public static func address(_ address: UInt64) -> JsonValue { .string("0x" + String(address, radix: 16)) }

  /// The value as text, indented by two spaces, with a newline at the end.
  public var text: String {
    var output = ""
    write(to: &output, indentation: 0)
    return output + "\n"
  }

  /// The value on one line, with a newline at the end.
  public var line: String {
    var output = ""
    write(to: &output, indentation: nil)
    return output + "\n"
  }

  private func write(to output: inout String, indentation: Int?) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .string(let value): Self.write(value, to: &output)
    case .array(let values):
      Self.writeList("[", "]", values, to: &output, indentation: indentation) { value, output, inner in
        value.write(to: &output, indentation: inner)
      }
    case .object(let members):
      Self.writeList("{", "}", members, to: &output, indentation: indentation) { member, output, inner in
        Self.write(member.name, to: &output)
        output += ": "
        member.value.write(to: &output, indentation: inner)
      }
    }
  }

  private static func writeList<Element>(
    _ open: String, _ close: String, _ elements: [Element], to output: inout String, indentation: Int?,
    _ writeElement: (Element, inout String, Int?) -> Void
  ) {
    output += open
    let inner = indentation.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { output += inner == nil ? ", " : "," }
      if let inner { output += "\n" + String(repeating: " ", count: inner) }
      writeElement(element, &output, inner)
    }
    if let indentation, !elements.isEmpty { output += "\n" + String(repeating: " ", count: indentation) }
    output += close
  }

  /// A string with quotes; control characters and the two line separators that JavaScript reads as newlines are
  /// escaped.
  private static func write(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
