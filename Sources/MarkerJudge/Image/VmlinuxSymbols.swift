import Elfutils

/// The kallsyms of a vmlinux.
enum VmlinuxSymbols {
  static func read(_ image: ElfImage, _ linker: LinkerSymbols, _ memory: ImageMemory) -> KernelSymbols {
    let entries = KallsymsFilter(sections: image.sections, machine: image.identity.machine)
      .entries(image.symbols)
    let areas = [TextArea.text, .initText].compactMap { linker.range($0.start, $0.end) }
    let inText = entries.filter { isTextSymbol($0, areas, linker) }
    let count = linker["kallsyms_num_syms"].flatMap { memory.unsigned(at: $0, byteCount: 4) }
    guard let all = linker.range(TextArea.image.start, TextArea.image.end),
      hasAllSymbols(count.map { Int($0) }, text: inText.count, all: entries.count)
    else { return KernelSymbols(inText, domains: areas) }
    return KernelSymbols(entries, domains: [all])
  }

  /// CONFIG_KALLSYMS_ALL: the number of symbols that the image itself counts is nearer to all of them.
  private static func hasAllSymbols(_ count: Int?, text: Int, all: Int) -> Bool {
    guard let count else { return true }
    return abs(count - all) < abs(count - text)
  }

  /// Without CONFIG_KALLSYMS_ALL only symbols of the text and init text stay, and of those at the very end only
  /// the end's own (scripts/kallsyms.c:symbol_valid).
  private static func isTextSymbol(
    _ entry: (address: UInt64, name: String), _ areas: [AddressRange], _ linker: LinkerSymbols
  ) -> Bool {
    areas.contains { entry.address >= $0.start && entry.address < $0.end }
      || entry.name == TextArea.text.end || entry.name == TextArea.initText.end
  }
}

/// The symbols of a module or object, in whose lookup the first of several at one address wins and section ends bound.
enum ObjectSymbols {
  static func read(_ image: ElfImage) -> KernelSymbols {
    let executable = image.sections.filter { $0.isAllocated && $0.isExecutable }
    let indexes = Set(executable.map(\.index))
    var entries: [(address: UInt64, name: String)] = []
    for symbol in image.symbols where symbol.sectionIndex.map(indexes.contains) ?? false {
      guard symbol.type != 3, !isMappingSymbol(symbol.name) else { continue }
      entries.append((symbol.address, symbol.name))
    }
    let order = entries.indices.sorted { (entries[$0].address, $0) < (entries[$1].address, $1) }
    // A section's end keeps its last function from reaching into the next section.
    let ends = executable.map { (address: $0.address &+ $0.byteCount, name: "") }
    let bounded = merge(order.map { entries[$0] }, ends.sorted { $0.address < $1.address })
    return KernelSymbols(bounded, domains: executable.map(\.range))
  }

  private static func isMappingSymbol(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("$") || name.hasPrefix(".L")
  }

  private static func merge(
    _ symbols: [(address: UInt64, name: String)], _ ends: [(address: UInt64, name: String)]
  ) -> [(address: UInt64, name: String)] {
    var result = symbols
    for end in ends {
      let index = result.partitionIndex { $0.address >= end.address }
      if index == result.count || result[index].address != end.address { result.insert(end, at: index) }
    }
    return result
  }
}

/// The executable sections of a module or object.
enum ObjectText {
  /// Those that stay after loading or boot, or those that do not.
  static func ranges(_ image: ElfImage, _ kind: KernelImageKind, isInit: Bool) -> [AddressRange] {
    let freed = kind == .module ? [".init"] : freedSections(image)
    return image.sections
      .filter { $0.isAllocated && $0.isExecutable }
      .filter { section in freed.contains { section.name.hasPrefix($0) } == isInit }
      .map(\.range)
  }

  /// A kernel puts its exit code and the code of its alternatives beside the initialisation code, and without
  /// CONFIG_MEMORY_HOTPLUG the set-up of memory as well.
  private static func freedSections(_ image: ElfImage) -> [String] {
    let keepsMemory = image.symbols.contains { $0.name == "mem_hotplug_begin" && $0.sectionIndex != nil }
    return [".init", ".exit", ".altinstr"] + (keepsMemory ? [] : [".meminit"])
  }
}

extension ElfSection {
  fileprivate var range: AddressRange { AddressRange(address, address &+ byteCount) }
}
