import CSource

/// Reads C's integer and character constants (C11 6.4.4).
enum ConstantParser {
  /// The value of a number token. Values of 2^63 and more keep their 64 bits, as `unsigned long` would.
  static func integer(_ spelling: String, at offset: Int) throws(CaptureProblem) -> Int64 {
    let lower = spelling.lowercased()
    let suffix = String(lower.reversed().prefix { $0 == "u" || $0 == "l" }.reversed())
    let (body, radix) = radixAndDigits(String(lower.dropLast(suffix.count)))
    let isWellFormed = !body.isEmpty && body.allSatisfy { ($0.hexDigitValue ?? 16) < radix && $0.isASCII }
    guard isWellFormed, ["", "u", "l", "ul", "lu", "ll", "ull", "llu"].contains(suffix) else {
      if looksFloating(lower) {
        throw .unsupported("'\(spelling)' is a floating-point constant", at: offset)
      }
      throw .malformed("'\(spelling)' is no integer constant", at: offset)
    }
    guard let value = UInt64(body, radix: radix) else {
      throw .unsupported("'\(spelling)' does not fit in 64 bits", at: offset)
    }
    return Int64(bitPattern: value)
  }

  private static func looksFloating(_ lower: String) -> Bool {
    if lower.contains(".") { return true }
    return lower.hasPrefix("0x") ? lower.contains("p") : lower.contains("e") || lower.hasSuffix("f")
  }

  private static func radixAndDigits(_ digits: String) -> (body: String, radix: Int) {
    if digits.hasPrefix("0x") { return (String(digits.dropFirst(2)), 16) }
    if digits.hasPrefix("0b") { return (String(digits.dropFirst(2)), 2) }
    if digits.count > 1 && digits.hasPrefix("0") { return (String(digits.dropFirst()), 8) }
    return (digits, 10)
  }

  /// The value of a character token with its quotes; a `char` is signed here as on x86.
  static func character(_ spelling: String, at offset: Int) throws(CaptureProblem) -> Int64 {
    let bytes = Array(spelling.utf8)
    guard bytes.count >= 3, bytes.last == UInt8(ascii: "'") else {
      throw .malformed("\(spelling) is no character constant", at: offset)
    }
    let body = bytes[1..<(bytes.count - 1)]
    guard body.first == UInt8(ascii: "\\") else {
      guard body.count == 1, let value = body.first, value < 0x80 else {
        throw .unsupported("\(spelling) has more than one byte", at: offset)
      }
      return Int64(value)
    }
    guard let value = escape(Array(body.dropFirst())) else {
      throw .unsupported("\(spelling) is an escape that is not known", at: offset)
    }
    return Int64(Int8(bitPattern: value))
  }

  /// The value of an escape without its backslash; nil when it is none or does not fit in a byte.
  private static func escape(_ body: [UInt8]) -> UInt8? {
    let text = String(decoding: body, as: UTF8.self)
    switch text {
    case "n": return 10
    case "t": return 9
    case "r": return 13
    case "a": return 7
    case "b": return 8
    case "f": return 12
    case "v": return 11
    case "e": return 27
    case "\\", "'", "\"", "?": return body.first
    default: break
    }
    if text.hasPrefix("x") {
      let digits = text.dropFirst()
      return digits.allSatisfy(\.isHexDigit) ? UInt8(digits, radix: 16) : nil
    }
    return text.count <= 3 && text.allSatisfy({ "01234567".contains($0) }) ? UInt8(text, radix: 8) : nil
  }
}
