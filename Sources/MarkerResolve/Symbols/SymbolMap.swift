import Elfutils

/// The image's symbols by address and by name.
final class SymbolMap {
  private let functions: [ElfSymbol]
  private let objects: [ElfSymbol]
  private var namesakes: [String: Int] = [:]

  init(image: ElfImage) {
    let executable = Set(image.sections.filter(\.isExecutable).map(\.index))
    var functions: [ElfSymbol] = []
    var objects: [ElfSymbol] = []
    for symbol in image.symbols {
      guard let section = symbol.sectionIndex, !symbol.name.isEmpty, symbol.type != 3, symbol.type != 4 else {
        continue
      }
      if executable.contains(section) {
        if Self.isMapping(symbol.name) { continue }
        functions.append(symbol)
      } else {
        objects.append(symbol)
      }
      namesakes[symbol.name, default: 0] += 1
    }
    self.functions = functions.sorted(by: Self.isBefore)
    self.objects = objects.sorted(by: Self.isBefore)
  }

  /// The function symbol that covers an address: of several at one place a global one, then by name.
  func place(of address: UInt64) -> SymbolicAddress? {
    guard let symbol = Self.covering(address, in: functions) else { return nil }
    return SymbolicAddress(
      symbol: symbol.name, offset: address - symbol.address, isUnique: namesakes[symbol.name] == 1)
  }

  /// The uniquely named data symbol that covers an address.
  func object(at address: UInt64) -> (name: String, offset: UInt64)? {
    guard let symbol = Self.covering(address, in: objects) ?? Self.covering(address, in: functions),
      namesakes[symbol.name] == 1
    else { return nil }
    return (symbol.name, address - symbol.address)
  }

  /// `$x`, `$d`, `$a`, `$t` mark code and data in ARM objects and name nothing.
  private static func isMapping(_ name: String) -> Bool { name.hasPrefix("$") }

  /// By address; at one address functions before labels, global before local, then by name.
  private static func isBefore(_ left: ElfSymbol, _ right: ElfSymbol) -> Bool {
    if left.address != right.address { return left.address < right.address }
    if left.isFunction != right.isFunction { return left.isFunction }
    if left.isGlobal != right.isGlobal { return left.isGlobal }
    return left.name < right.name
  }

  private static func covering(_ address: UInt64, in symbols: [ElfSymbol]) -> ElfSymbol? {
    var low = 0
    var high = symbols.count
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    // The first of those at the nearest address that are large enough.
    var index = low - 1
    while index > 0, symbols[index - 1].address == symbols[index].address { index -= 1 }
    let start = symbols[index].address
    while index < low {
      let symbol = symbols[index]
      if symbol.byteCount == 0 || address - start < symbol.byteCount { return symbol }
      index += 1
    }
    return nil
  }
}
