import CSource

extension CaptureFormat {
  /// Reads what follows the colon: `u32`, `x`, `string`, `u8[16]`.
  init(_ text: TokenizedText, _ range: Range<Int>, after colon: Token) throws(CaptureProblem) {
    guard let first = range.first, text.tokens[first].isIdentifier else {
      throw .malformed("a format is missing after ':'", at: colon.offset)
    }
    let name = text.text(of: text.tokens[first])
    guard let base = Self.base(named: name) else {
      throw .malformed(
        "unknown format '\(name)': known are u, s or x with 8, 16, 32, 64 or no width, string, ustring, symbol",
        at: text.tokens[first].offset)
    }
    self.init(base: base, count: try Self.count(text, (first + 1)..<range.upperBound))
  }

  private static func base(named name: String) -> Base? {
    switch name {
    case "string": return .string
    case "ustring": return .ustring
    case "symbol": return .symbol
    default: break
    }
    guard let letter = name.first, let style = IntegerStyle(rawValue: String(letter)) else { return nil }
    switch name.dropFirst() {
    case "": return .style(style)
    case "8": return .integer(style, bits: 8)
    case "16": return .integer(style, bits: 16)
    case "32": return .integer(style, bits: 32)
    case "64": return .integer(style, bits: 64)
    default: return nil
    }
  }

  /// `[count]`; nil when nothing follows the format's name.
  private static func count(_ text: TokenizedText, _ range: Range<Int>) throws(CaptureProblem) -> Int? {
    guard let first = range.first else { return nil }
    let tokens = text.tokens[range]
    guard tokens.count == 3, tokens[first].is(.leftBracket), tokens[first + 2].is(.rightBracket),
      let count = Int(text.text(of: tokens[first + 1])), RecordLimit.elementCounts.contains(count)
    else {
      throw .malformed(
        "'\(text.text(of: range))' is no array count: a number from 1 to 64 in brackets",
        at: text.tokens[first].offset)
    }
    return count
  }
}
