import Elfutils

/// What the rules for user probes need of a program or library; safe to share between tasks.
struct UserProgram: Sendable {
  let machine: Machine
  let memory: ImageMemory
  private let segments: [ElfSegment]
  /// The functions, sorted by address.
  private let functions: [(range: AddressRange, name: String)]
  /// Where code changes between ARM, Thumb and data, sorted by address; 32-bit ARM only.
  private let encodings: [(address: UInt64, isThumb: Bool)]

  init(_ image: ElfImage) throws(ElfError) {
    machine = image.identity.machine
    memory = try ImageLoader(image: image).load().memory
    segments = image.segments.filter { $0.type == 1 && $0.fileByteCount > 0 }
    let isARM = machine == .arm
    let symbols = image.symbols.filter { $0.isFunction && $0.sectionIndex != nil }
    functions = Self.functions(symbols, isARM: isARM, segments)
    encodings = isARM ? Self.encodings(image.symbols) : []
  }

  /// The functions, sorted by address. One without a size reaches to the next function, or to the end of its segment.
  private static func functions(_ symbols: [ElfSymbol], isARM: Bool, _ segments: [ElfSegment])
    -> [(range: AddressRange, name: String)]
  {
    let starts = symbols.map { isARM ? $0.address & ~1 : $0.address }
    let order = Set(starts).sorted()
    func end(of start: UInt64) -> UInt64 {
      let next = order.partitionIndex { $0 > start }
      if next < order.count { return order[next] }
      let home = segments.first { start >= $0.address && start - $0.address < $0.fileByteCount }
      return home.map { $0.address &+ $0.fileByteCount } ?? start
    }
    return zip(symbols, starts)
      .map { symbol, start in
        let end = symbol.byteCount > 0 ? start &+ symbol.byteCount : end(of: start)
        return (AddressRange(start, end), symbol.name)
      }
      .sorted { ($0.0.start, $0.1) < ($1.0.start, $1.1) }
  }

  /// The mapping symbols $a and $t (AAELF32), and functions whose address has its lowest bit set for Thumb.
  private static func encodings(_ symbols: [ElfSymbol]) -> [(address: UInt64, isThumb: Bool)] {
    let found = symbols.compactMap { symbol -> (UInt64, Bool)? in
      if symbol.name == "$t" || symbol.name.hasPrefix("$t.") { return (symbol.address, true) }
      if symbol.name == "$a" || symbol.name.hasPrefix("$a.") { return (symbol.address, false) }
      guard symbol.isFunction, symbol.sectionIndex != nil else { return nil }
      return (symbol.address & ~1, symbol.address & 1 == 1)
    }
    return found.sorted { ($0.0, $0.1 ? 1 : 0) < ($1.0, $1.1 ? 1 : 0) }
  }

  /// The file offset of an address, which user probes are defined by; nil when no part of the file is loaded
  /// there.
  func fileOffset(of address: UInt64) -> UInt64? {
    segment(at: address).map { $0.offset &+ (address - $0.address) }
  }

  /// Whether the address is loaded from the file as code.
  func isCode(_ address: UInt64) -> Bool { segment(at: address).map { $0.flags & 1 != 0 } ?? false }

  /// Whether the code at the address is Thumb.
  func isThumb(_ address: UInt64) -> Bool {
    let next = encodings.partitionIndex { $0.address > address }
    return next > 0 && encodings[next - 1].isThumb
  }

  /// The function that covers the address by its symbol; nil when none does.
  func function(at address: UInt64) -> (range: AddressRange, name: String)? {
    let next = functions.partitionIndex { $0.range.start > address }
    return functions[..<next].last { $0.range.contains(address) }
  }

  /// The addresses of the functions of each name, each once, in ascending order.
  func symbolIndex() -> [String: [UInt64]] {
    var index: [String: [UInt64]] = [:]
    for function in functions where index[function.name]?.last != function.range.start {
      index[function.name, default: []].append(function.range.start)
    }
    return index
  }

  private func segment(at address: UInt64) -> ElfSegment? {
    segments.first { address >= $0.address && address - $0.address < $0.fileByteCount }
  }
}
