/// The punctuators of C (C11 6.4.6, without digraphs).
public enum Punctuator: String, Sendable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case semicolon = ";"
  case comma = ","
  case colon = ":"
  case question = "?"
  case dot = "."
  case ellipsis = "..."
  case arrow = "->"
  case increment = "++"
  case decrement = "--"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case ampersand = "&"
  case pipe = "|"
  case caret = "^"
  case tilde = "~"
  case exclamation = "!"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case logicalAnd = "&&"
  case logicalOr = "||"
  case assign = "="
  case starAssign = "*="
  case slashAssign = "/="
  case percentAssign = "%="
  case plusAssign = "+="
  case minusAssign = "-="
  case shiftLeftAssign = "<<="
  case shiftRightAssign = ">>="
  case ampersandAssign = "&="
  case caretAssign = "^="
  case pipeAssign = "|="
  case hash = "#"
  case hashHash = "##"

  /// The punctuators by their first byte, the longest first.
  private static let byFirstByte: [[(spelling: [UInt8], punctuator: Punctuator)]] = {
    var table = Array(repeating: [(spelling: [UInt8], punctuator: Punctuator)](), count: 256)
    for punctuator in allCases {
      let spelling = Array(punctuator.rawValue.utf8)
      table[Int(spelling[0])].append((spelling, punctuator))
    }
    return table.map { $0.sorted { $0.spelling.count > $1.spelling.count } }
  }()

  /// The longest punctuator that stands at the offset, with its length in bytes; nil when none does.
  static func longest(in bytes: [UInt8], at offset: Int) -> (punctuator: Punctuator, byteCount: Int)? {
    for entry in byFirstByte[Int(bytes[offset])] {
      let count = entry.spelling.count
      if count == 1 { return (entry.punctuator, 1) }
      guard offset + count <= bytes.count else { continue }
      if bytes[offset + 1] == entry.spelling[1] && (count < 3 || bytes[offset + 2] == entry.spelling[2]) {
        return (entry.punctuator, count)
      }
    }
    return nil
  }
}
