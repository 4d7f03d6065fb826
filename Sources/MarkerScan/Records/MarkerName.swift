/// The rule for providers' and markers' names: C identifiers of at most 63 bytes.
enum MarkerName {
  /// Why the bytes are no name; nil when they are one.
  static func problem<Bytes: Collection<UInt8>>(_ bytes: Bytes, role: String) -> String? {
    guard let first = bytes.first else { return "the \(role) is empty" }
    let shown = String(decoding: bytes.prefix(80), as: UTF8.self)
    guard isStart(first) || (first >= 0x30 && first <= 0x39) else {
      return "the \(role) '\(shown)' does not begin with a letter or '_'"
    }
    guard isStart(first) else { return "the \(role) '\(shown)' begins with a digit" }
    guard bytes.allSatisfy({ isStart($0) || ($0 >= 0x30 && $0 <= 0x39) }) else {
      return "the \(role) '\(shown)' has other characters than letters, digits and '_'"
    }
    guard bytes.count <= RecordLimit.nameByteCount else {
      return "the \(role) '\(shown)' is longer than \(RecordLimit.nameByteCount) bytes"
    }
    return nil
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return byte == UInt8(ascii: "_") || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
  }
}
