/// A fetch expression as the kernel parses it (`parse_probe_arg`, kernel/trace/trace_probe.c).
///
/// Whatever does not parse here is not written, so that no text from elsewhere reaches a definition.
indirect enum FetchSyntax: Hashable {
  /// `%di`
  case register(String)
  /// `@0xffffffff81000000`
  case address(UInt64)
  /// `@+0x1000`, an offset in the probed file; user space only.
  case fileOffset(UInt64)
  /// `@symbol`, `@symbol+8`; kernel only.
  case symbol(String)
  /// `\42`
  case immediate
  /// `$stack`, `$comm`
  case variable(String)
  /// `+8(…)`, `-8(…)`, `+u8(…)`
  case dereference(FetchSyntax)

  /// Parses the whole text, nil when it is not a fetch expression.
  init?(_ text: String) {
    guard let first = text.utf8.first else { return nil }
    let rest = text.dropFirst()
    switch first {
    case UInt8(ascii: "%"):
      guard rest.utf8.allSatisfy(isAlphanumeric), !rest.isEmpty else { return nil }
      self = .register(String(rest))
    case UInt8(ascii: "$"):
      guard rest.utf8.allSatisfy(isAlphanumeric), !rest.isEmpty else { return nil }
      self = .variable(String(rest))
    case UInt8(ascii: "\\"):
      let digits = rest.first == "-" ? rest.dropFirst() : rest
      guard parseNumber(digits) != nil else { return nil }
      self = .immediate
    case UInt8(ascii: "@"):
      self.init(memory: rest)
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      self.init(dereferencing: rest)
    default:
      return nil
    }
  }

  private init?(memory text: Substring) {
    if text.first == "+" {
      guard let offset = parseNumber(text.dropFirst()) else { return nil }
      self = .fileOffset(offset)
    } else if let address = parseNumber(text) {
      self = .address(address)
    } else {
      let name = text.prefix { $0 != "+" && $0 != "-" }
      guard isSymbolName(name), !(name.utf8.first.map(isDigit) ?? true) else { return nil }
      let offset = text.dropFirst(name.count)
      guard offset.isEmpty || parseNumber(offset.dropFirst()) != nil else { return nil }
      self = .symbol(String(name))
    }
  }

  private init?(dereferencing text: Substring) {
    var text = text
    if text.first == "u" { text = text.dropFirst() }
    if text.first == "-" { text = text.dropFirst() }
    guard let open = text.firstIndex(of: "("), text.last == ")", parseNumber(text[..<open]) != nil else {
      return nil
    }
    let inside = text[text.index(after: open)...].dropLast()
    guard let operand = FetchSyntax(String(inside)) else { return nil }
    self = .dereference(operand)
  }

  /// How many steps the kernel compiles the expression into, without the store.
  var stepCount: Int {
    switch self {
    case .register, .immediate, .variable: 1
    case .address, .fileOffset: 2
    case .symbol: 3
    case .dereference(let operand): operand.stepCount + 1
    }
  }

  /// Whether the value is read from memory: the store then takes the place of the last step.
  var readsMemory: Bool {
    switch self {
    case .register, .immediate, .variable: false
    case .address, .fileOffset, .symbol, .dereference: true
    }
  }

  /// What the expression begins from.
  var root: FetchSyntax {
    switch self {
    case .register, .address, .fileOffset, .symbol, .immediate, .variable: self
    case .dereference(let operand): operand.root
    }
  }
}

/// The characters of a symbol that can stand in a definition; `+`, `-`, `:` and `/` have meanings there.
func isSymbolName(_ text: some StringProtocol) -> Bool {
  !text.isEmpty
    && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "$") }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isAlphanumeric(_ byte: UInt8) -> Bool {
  isDigit(byte) || byte == UInt8(ascii: "_")
    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

/// A number as `kstrtoul` with base 0 reads it, decimal or `0x`; octal is not used.
private func parseNumber(_ text: some StringProtocol) -> UInt64? {
  guard text.utf8.first.map(isDigit) ?? false else { return nil }
  if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
  guard text == "0" || !text.hasPrefix("0") else { return nil }
  return UInt64(text)
}
