public import Elfutils

/// The symbols of a module that lead to one place: the kernel takes the first of several of one name without a
/// word (`find_kallsyms_symbol_value`, kernel/module/kallsyms.c).
public struct ModuleSymbols: Sendable {
  private struct Anchor {
    let address: UInt64
    let name: String
    let sectionIndex: Int
  }
  private let sections: [ElfSection]
  /// Sorted by address.
  private let anchors: [Anchor]

  public init(symbols: [ElfSymbol], sections: [ElfSection]) {
    self.sections = sections.filter { $0.isAllocated && $0.isExecutable }
    var counts: [String: Int] = [:]
    for symbol in symbols where symbol.sectionIndex != nil { counts[symbol.name, default: 0] += 1 }
    let executable = Set(self.sections.map(\.index))
    anchors = symbols.compactMap { symbol in
      guard let index = symbol.sectionIndex, executable.contains(index), symbol.isFunction,
        counts[symbol.name] == 1, isSymbolName(symbol.name)
      else { return nil }
      return Anchor(address: symbol.address, name: symbol.name, sectionIndex: index)
    }.sorted { ($0.address, $0.name) < ($1.address, $1.name) }
  }

  /// `symbol+0x…` by the nearest unique function before the address in its section, which the loader moves as
  /// one piece; nil when there is none.
  func place(of address: UInt64) -> String? {
    guard let section = sections.first(where: { $0.contains(address) }) else { return nil }
    guard let anchor = anchors.last(where: { $0.sectionIndex == section.index && $0.address <= address })
    else { return nil }
    return "\(anchor.name)+0x" + String(address - anchor.address, radix: 16)
  }
}
