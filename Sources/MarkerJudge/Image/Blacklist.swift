import Elfutils

/// Gathers what kernel/kprobes.c:populate_kprobe_blacklist and the architecture's part of it blacklist.
struct Blacklist {
  let machine: Machine
  let kind: KernelImageKind
  let linker: LinkerSymbols
  let symbols: KernelSymbols
  let memory: ImageMemory

  /// The ranges, given the functions of `_kprobe_blacklist`.
  func ranges(_ functions: [UInt64]) -> [AddressRange] {
    functions.compactMap { symbol(from: $0) } + areas.flatMap { wholeSymbols(of: $0) } + exactAreas
  }

  /// Areas whose symbols are blacklisted one by one, so that the last reaches to the next symbol.
  private var areas: [AddressRange] {
    var areas: [TextArea] = [.kprobes, .noinstr]
    switch machine {
    case .x8664, .x86: areas.append(.entry)
    case .arm64: areas += [.entry, .irqEntry, .identityMap, .hypervisor, .hypervisorIdentityMap]
    case .arm, .other: break
    }
    // Adding an area fails where it is no kernel text, and the areas after it are then not added.
    return areas.compactMap { linker.range($0.start, $0.end) }.prefix { isText($0.start) }
      + memory.blocks.filter { sections.contains($0.name) }.map { AddressRange($0.start, $0.end) }
  }

  /// What the areas are called in a module or object.
  private var sections: [String] {
    let common = [".kprobes.text", ".noinstr.text"]
    if kind == .module { return common }
    switch machine {
    case .x8664, .x86: return common + [".entry.text"]
    case .arm64: return common + [".entry.text", ".irqentry.text", ".idmap.text", ".hyp.text"]
    case .arm: return common + [".entry.text", ".irqentry.text", ".idmap.text"]
    case .other: return common
    }
  }

  /// Areas that arch_within_kprobe_blacklist compares to the byte.
  private var exactAreas: [AddressRange] {
    var areas: [TextArea] = [.kprobes]
    if machine == .arm { areas += [.entry, .irqEntry, .identityMap] }
    return areas.compactMap { linker.range($0.start, $0.end) }
  }

  private func isText(_ address: UInt64) -> Bool {
    [TextArea.text, .initText].contains {
      linker.range($0.start, $0.end)?.contains(address) ?? false
    }
  }

  /// From the address to the end of its symbol (kprobe_add_ksym_blacklist adds the symbol's whole size).
  private func symbol(from address: UInt64) -> AddressRange? {
    symbols.symbol(at: address).map { AddressRange(address, address &+ UInt64($0.range.byteCount)) }
  }

  private func wholeSymbols(of area: AddressRange) -> [AddressRange] {
    var ranges: [AddressRange] = []
    var address = area.start
    while address < area.end, let range = symbol(from: address), !range.isEmpty {
      ranges.append(range)
      address = range.end
    }
    return ranges
  }
}
