import Elfutils

/// The image's symbols by address and by name.
final class SymbolMap {
  private let symbols: [ElfSymbol]
  private let functions: SymbolIndex
  private let objects: SymbolIndex
  private var namesakes: [String: Namesakes] = [:]

  /// The defined symbols of one name.
  private struct Namesakes {
    var count: Int
    /// The index of the one with global binding; nil when there is none.
    var global: Int32?

    mutating func note(_ global: Int32?) {
      count += 1
      self.global = self.global ?? global
    }
  }

  init(image: ElfImage) {
    symbols = image.symbols
    var functions: [Int32] = []
    var objects: [Int32] = []
    namesakes.reserveCapacity(symbols.count)
    let sections = SectionKinds(image.sections)
    for (index, symbol) in symbols.enumerated() {
      guard let section = symbol.sectionIndex, !symbol.name.isEmpty, symbol.type != 3, symbol.type != 4 else {
        continue
      }
      if sections.isExecutable(section) {
        if Self.isMapping(symbol.name) { continue }
        functions.append(Int32(truncatingIfNeeded: index))
      } else {
        objects.append(Int32(truncatingIfNeeded: index))
      }
      let global = symbol.isGlobal ? Int32(truncatingIfNeeded: index) : nil
      namesakes[symbol.name, default: Namesakes(count: 0, global: nil)].note(global)
    }
    let isARM = image.identity.machine == .arm
    self.functions = SymbolIndex(functions, of: symbols, marksThumb: isARM)
    self.objects = SymbolIndex(objects, of: symbols, marksThumb: false)
  }

  /// The function symbol that covers an address: of several at one place a global one, then by name.
  func place(of address: UInt64) -> SymbolicAddress? {
    guard let (symbol, start) = functions.covering(address, in: symbols) else { return nil }
    return SymbolicAddress(
      symbol: symbol.name, offset: address - start, isUnique: isUnique(symbol.name))
  }

  /// The uniquely named data symbol that covers an address.
  func object(at address: UInt64) -> (name: String, offset: UInt64)? {
    guard
      let (symbol, start) = objects.covering(address, in: symbols)
        ?? functions.covering(address, in: symbols),
      isUnique(symbol.name)
    else { return nil }
    return (symbol.name, address - start)
  }

  /// The link address of the symbol that an `extern` declaration means; nil when the image defines none.
  func globalAddress(of name: String) -> UInt64? {
    namesakes[name]?.global.map { symbols[Int($0)].address }
  }

  private func isUnique(_ name: String) -> Bool { namesakes[name]?.count == 1 }

  /// `$x`, `$d`, `$a`, `$t` mark code and data in ARM objects and name nothing.
  private static func isMapping(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: "$") }
}

/// Which sections hold code, by section header index.
private struct SectionKinds {
  private var executable: [Bool] = []

  init(_ sections: [ElfSection]) {
    executable = [Bool](repeating: false, count: (sections.map(\.index).max() ?? 0) + 1)
    for section in sections { executable[section.index] = section.isExecutable }
  }

  func isExecutable(_ section: Int) -> Bool { executable.indices.contains(section) && executable[section] }
}

/// Some symbols of a table in order of address.
private struct SymbolIndex {
  private struct Entry {
    let address: UInt64
    let byteCount: UInt64
    let symbol: Int32
    /// At one address functions before labels, global before local.
    let rank: UInt8
  }

  private let entries: [Entry]

  /// - Parameter marksThumb: whether a function's lowest address bit says that its code is Thumb (AAELF32).
  init(_ indexes: [Int32], of symbols: [ElfSymbol], marksThumb: Bool) {
    let unsorted = indexes.map { index in
      let symbol = symbols[Int(index)]
      return Entry(
        address: marksThumb && symbol.isFunction ? symbol.address & ~1 : symbol.address,
        byteCount: symbol.byteCount, symbol: index,
        rank: (symbol.isFunction ? 0 : 2) + (symbol.isGlobal ? 0 : 1))
    }
    entries = unsorted.sorted { left, right in
      if left.address != right.address { return left.address < right.address }
      if left.rank != right.rank { return left.rank < right.rank }
      return symbols[Int(left.symbol)].name < symbols[Int(right.symbol)].name
    }
  }

  /// Of the symbols at the nearest address that is not above, the first that is large enough; one without a size
  /// reaches up to the next.
  func covering(_ address: UInt64, in symbols: [ElfSymbol]) -> (symbol: ElfSymbol, start: UInt64)? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let start = entries[low - 1].address
    var index = low - 1
    while index > 0, entries[index - 1].address == start { index -= 1 }
    let found = entries[index..<low].first { $0.byteCount == 0 || address - start < $0.byteCount }
    return found.map { (symbols[Int($0.symbol)], start) }
  }
}
