/// A fetch type as the kernel parses it (`find_fetch_type`, `__parse_bitfield_probe_arg`).
struct FetchTypeSyntax: Hashable {
  enum Base: Hashable {
    /// `u8` … `x64`; the size in bits.
    case integer(bits: Int)
    /// `b3@4/32`: width, offset from the least significant bit, size of the container, all in bits.
    case bitField(width: Int, offset: Int, container: Int)
    case string, ustring, symbol
  }
  let base: Base
  /// The count of `[N]`, nil for a scalar.
  let count: Int?

  /// Parses the whole text, nil when the kernel knows no such type.
  init?(_ text: String) {
    var name = Substring(text)
    var count: Int?
    if let open = text.firstIndex(of: "[") {
      guard text.last == "]", let number = Int(text[text.index(after: open)...].dropLast()), number > 0 else {
        return nil
      }
      count = number
      name = text[..<open]
    }
    guard let base = Self.base(name) else { return nil }
    self.base = base
    self.count = count
  }

  private static func base(_ name: Substring) -> Base? {
    switch name {
    case "string": return .string
    case "ustring": return .ustring
    case "symbol": return .symbol
    default: break
    }
    guard let style = name.first else { return nil }
    if style == "b" { return bitField(name.dropFirst()) }
    guard "usx".contains(style), let bits = width(name.dropFirst()) else { return nil }
    return .integer(bits: bits)
  }

  private static func bitField(_ text: Substring) -> Base? {
    let parts = text.split(whereSeparator: { $0 == "@" || $0 == "/" })
    guard parts.count == 3, let width = Int(parts[0]), let offset = Int(parts[1]),
      let container = Self.width(parts[2]), "\(width)@\(offset)/\(container)" == text,
      width > 0, offset >= 0, width <= container, offset <= container - width
    else { return nil }
    return .bitField(width: width, offset: offset, container: container)
  }

  private static func width(_ text: Substring) -> Int? {
    switch text {
    case "8": 8
    case "16": 16
    case "32": 32
    case "64": 64
    default: nil
    }
  }

  /// The bytes that the argument takes in the event's record; a string takes a reference of four.
  func byteCount(addressByteCount: Int) -> Int {
    let single =
      switch base {
      case .integer(let bits): bits / 8
      case .bitField(_, _, let container): container / 8
      case .string, .ustring: 4
      case .symbol: addressByteCount
      }
    return single * (count ?? 1)
  }

  /// How many steps the type adds to those of the expression.
  func stepCount(of fetch: FetchSyntax) -> Int {
    let store = fetch.readsMemory && !(isString && count != nil) ? 0 : 1
    let bitField = if case .bitField = base { 1 } else { 0 }
    return store + bitField + (count == nil ? 0 : 1)
  }

  /// Whether the kernel reads bytes at an address, so that the expression must be a memory access.
  var needsMemory: Bool { isString || count != nil }

  private var isString: Bool {
    switch base {
    case .string, .ustring: true
    case .integer, .bitField, .symbol: false
    }
  }
}
