import Elfutils

/// The image's symbols by address and by name.
final class SymbolMap {
  private let symbols: [ElfSymbol]
  private let functions: SymbolIndex
  private let objects: SymbolIndex
  private var namesakes: NameIndex
  /// How many symbols stand in sections with code, and how many in others.
  let functionCount: Int
  let objectCount: Int

  init(image: ElfImage) {
    symbols = image.symbols
    var functions: [Int32] = []
    var objects: [Int32] = []
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
    }
    namesakes = NameIndex(functions + objects)
    functionCount = functions.count
    objectCount = objects.count
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
    namesakes.find(name, in: symbols).global.map { symbols[Int($0)].address }
  }

  private func isUnique(_ name: String) -> Bool { namesakes.find(name, in: symbols).count == 1 }

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

/// The defined symbols by name. The first few names are looked for one by one: for a marker or two that costs less
/// than an index of all names.
private struct NameIndex {
  /// The defined symbols of one name.
  struct Namesakes {
    var count = 0
    /// The index of the first with global binding; nil when there is none.
    var global: Int32?

    mutating func note(_ index: Int32, _ symbol: ElfSymbol) {
      count += 1
      global = global ?? (symbol.isGlobal ? index : nil)
    }
  }

  private let indexes: [Int32]
  private var known: [String: Namesakes] = [:]
  private var searchesLeft = 8
  private var isComplete = false

  init(_ indexes: [Int32]) { self.indexes = indexes }

  mutating func find(_ name: String, in symbols: [ElfSymbol]) -> Namesakes {
    if let found = known[name] { return found }
    if isComplete { return Namesakes() }
    guard searchesLeft > 0 else {
      complete(symbols)
      return known[name] ?? Namesakes()
    }
    searchesLeft -= 1
    var found = Namesakes()
    for index in indexes where symbols[Int(index)].name == name { found.note(index, symbols[Int(index)]) }
    known[name] = found
    return found
  }

  private mutating func complete(_ symbols: [ElfSymbol]) {
    known = Dictionary(minimumCapacity: indexes.count)
    for index in indexes {
      known[symbols[Int(index)].name, default: Namesakes()].note(index, symbols[Int(index)])
    }
    isComplete = true
  }
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
