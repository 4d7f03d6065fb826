import Elfutils

/// Chooses and orders the symbols of a vmlinux as its build did for kallsyms (scripts/mksysmap,
/// scripts/kallsyms.c).
struct KallsymsFilter {
  let sections: [ElfSection]
  let machine: Machine

  /// The symbols that enter kallsyms, sorted by address and, at one address, by preference.
  func entries(_ symbols: [ElfSymbol]) -> [(address: UInt64, name: String)] {
    let allocated = sections.map(\.isAllocated)
    let kept = symbols.indices.filter { index in
      let symbol = symbols[index]
      guard let section = symbol.sectionIndex, section > 0, section <= allocated.count else { return false }
      return allocated[section - 1] && symbol.type != 3 && symbol.type != 4 && !isIgnored(symbol.name)
    }
    // Pairs, because a look into `symbols` at each comparison costs more than the sorting.
    let sorted = kept.map { (address: symbols[$0].address, index: $0) }
      .sorted { ($0.address, $0.index) < ($1.address, $1.index) }.map(\.index)
    return preferred(sorted, symbols).map { (symbols[$0].address, symbols[$0].name) }
  }

  /// Orders the symbols of each address: strong before weak, names of linker scripts last, fewer leading
  /// underscores first (scripts/kallsyms.c:compare_symbols).
  private func preferred(_ sorted: [Int], _ symbols: [ElfSymbol]) -> [Int] {
    var result = sorted
    var start = 0
    while start < result.count {
      var end = start + 1
      while end < result.count, symbols[result[end]].address == symbols[result[start]].address { end += 1 }
      if end - start > 1 {
        result[start..<end].sort { rank(symbols[$0], $0) < rank(symbols[$1], $1) }
      }
      start = end
    }
    return result
  }

  private func rank(_ symbol: ElfSymbol, _ order: Int) -> (Int, Int, Int, Int) {
    let underscores = symbol.name.utf8.prefix { $0 == UInt8(ascii: "_") }.count
    return (symbol.binding == 2 ? 1 : 0, isLinkerProvided(symbol.name) ? 1 : 0, underscores, order)
  }

  private func isLinkerProvided(_ name: String) -> Bool {
    guard name.utf8.count >= 8, name.hasPrefix("__") else { return false }
    return ["__start_", "__stop_", "__end_"].contains { name.hasPrefix($0) }
      || name.hasSuffix("_start") || name.hasSuffix("_end")
  }

  private func isIgnored(_ name: String) -> Bool {
    switch name.utf8.first {
    case nil, UInt8(ascii: "$"): true
    case UInt8(ascii: "."): name.hasPrefix(".L")
    case UInt8(ascii: "_"): isIgnoredInternal(name)
    case UInt8(ascii: "L"): name == "L0"
    case UInt8(ascii: "k"): name.hasPrefix("kallsyms_")
    default: machine == .arm && isVeneer(name)
    }
  }

  private func isIgnoredInternal(_ name: String) -> Bool {
    let prefixes = [
      "__crc_", "__kstrtab", "__efistub_", "__kvm_nvhe_$", "__kvm_nvhe_.L", "__pi_$", "__pi_.L",
      "__kcfi_typeid_",
    ]
    if prefixes.contains(where: name.hasPrefix) { return true }
    let thunks = [
      "__AArch64ADRPThunk_", "__ARMV5PILongThunk_", "__ARMV7PILongThunk_", "__ThumbV7PILongThunk_",
    ]
    switch machine {
    case .x8664, .x86, .other: return false
    case .arm64: return thunks.contains(where: name.hasPrefix)
    case .arm: return thunks.contains(where: name.hasPrefix) || isVeneer(name)
    }
  }

  private func isVeneer(_ name: String) -> Bool {
    ["_from_arm", "_from_thumb", "_veneer"].contains { name.hasSuffix($0) }
  }
}
