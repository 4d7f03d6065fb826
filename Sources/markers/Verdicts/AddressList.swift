import SystemPackage

/// One line of a list of addresses: a hexadecimal address, or a symbol with an offset.
enum ListedAddress: Hashable {
  case address(UInt64)
  case symbol(String, offset: UInt64)

  /// Reads `ffffffff81000000`, `0xffffffff81000000`, `vfs_read` or `vfs_read+0x1c` (offsets also decimal).
  ///
  /// - Parameter isSymbol: whether there is a symbol of a name, for names made of hexadecimal digits.
  /// - Returns: nil when the text is none of these.
  init?(_ text: Substring, isSymbol: (String) -> Bool) {
    if text.hasPrefix("0x") {
      guard let address = UInt64(text.dropFirst(2), radix: 16) else { return nil }
      self = .address(address)
      return
    }
    if let address = UInt64(text, radix: 16), text.utf8.count >= 8 || !isSymbol(String(text)) {
      self = .address(address)
      return
    }
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
    guard parts.count == 2 else {
      self = .symbol(String(name), offset: 0)
      return
    }
    let digits = parts[1]
    let offset = digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
    guard let offset else { return nil }
    self = .symbol(String(name), offset: offset)
  }
}

/// The lines of an address list that name something; `#` begins a comment.
struct AddressListLines {
  struct Line {
    /// From 1.
    let number: Int
    /// Where the text begins, in bytes from 1.
    let column: Int
    let text: Substring
  }

  let lines: [Line]

  init(_ content: String) {
    let all = content.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines = all.enumerated().compactMap { number, line in
      let text = Self.trimmed(line.prefix { $0 != UInt8(ascii: "#") })
      if text.isEmpty { return nil }
      let column = line.distance(from: line.startIndex, to: text.startIndex) + 1
      return Line(number: number + 1, column: column, text: Substring(text))
    }
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    var rest = text.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }
}

/// Why an address list could not be read.
struct AddressListError: Error, CustomStringConvertible {
  let path: FilePath
  let reason: String
  var description: String { "\(path): cannot read the addresses: \(reason)" }
}
