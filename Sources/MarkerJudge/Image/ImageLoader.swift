import Elfutils

/// Reads an image's allocated sections and applies the relocations that the kernel or its loader would.
struct ImageLoader {
  let image: ElfImage

  /// Sections that no rule looks at, and that are large.
  private static let skipped = [
    ".BTF", ".orc", ".data..percpu", "__ksymtab", "___ksymtab", "__kcrctab", ".ARM.un",
  ]

  /// The memory of the image, and the names of undefined symbols by the addresses given to them.
  func load() throws(ElfError) -> (memory: ImageMemory, externals: [UInt64: String]) {
    var blocks: [ImageMemory.Block] = []
    for section in image.sections where isWanted(section) {
      blocks.append(
        ImageMemory.Block(
          name: section.name, start: section.address, isExecutable: section.isExecutable,
          bytes: try image.bytes(of: section)))
    }
    var memory = ImageMemory(blocks)
    let symbols = image.identity.type == .relocatable ? image.symbols : []
    let externals = ExternalSymbols(symbols, after: memory.blocks.last?.end ?? 0)
    for section in image.sections where section.type == 4 || section.type == 9 {
      apply(section, symbols, externals, to: &memory)
    }
    if image.identity.type == .relocatable, image.identity.machine == .arm {
      moveCodePointers(in: &memory)
    }
    return (memory, externals.names)
  }

  /// Where 32-bit ARM puts modules (arch/arm/include/asm/memory.h:MODULES_VADDR).
  private static let armModules: UInt64 = 0xbf00_0000

  /// Gives the pointers that ARM code has between its instructions the values that they have once the module is
  /// loaded: the kernel takes them for instructions. No instruction has the value of a link address, which is low.
  private func moveCodePointers(in memory: inout ImageMemory) {
    let end = image.sections.filter(\.isAllocated).map { $0.address &+ $0.byteCount }.max() ?? 0
    for block in memory.blocks where block.isExecutable {
      for place in stride(from: block.start, to: block.end, by: 4) {
        guard let word = memory.unsigned(at: place, byteCount: 4), word > 0, word < end else { continue }
        let moved = word &+ Self.armModules
        memory.write((0..<4).map { UInt8(truncatingIfNeeded: moved >> UInt64(8 * $0)) }, at: place)
      }
    }
  }

  private func isWanted(_ section: ElfSection) -> Bool {
    section.isAllocated && !section.isNoBits && section.byteCount > 0
      && section.type != 4 && section.type != 9
      && !Self.skipped.contains { section.name.hasPrefix($0) }
  }

  private func apply(
    _ section: ElfSection, _ symbols: [ElfSymbol], _ externals: ExternalSymbols, to memory: inout ImageMemory
  ) {
    let base: UInt64
    if image.identity.type == .relocatable {
      guard let target = image.sections.first(where: { $0.index == section.info }), isWanted(target) else {
        return
      }
      base = target.address
    } else {
      guard section.isAllocated else { return }
      base = 0
    }
    for relocation in image.relocations(in: section) {
      let place = base &+ relocation.offset
      let symbol = externals.address(of: relocation.symbolIndex, symbols)
      patch(relocation, place: place, symbol: symbol, in: &memory)
    }
  }

  private func patch(
    _ relocation: ElfRelocation, place: UInt64, symbol: UInt64, in memory: inout ImageMemory
  ) {
    guard let kind = RelocationKind(image.identity.machine, relocation.type),
      let old = memory.unsigned(at: place, byteCount: kind.byteCount)
    else { return }
    let inPlace = kind.byteCount == 4 ? Int64(Int32(truncatingIfNeeded: old)) : Int64(bitPattern: old)
    var value = symbol &+ UInt64(bitPattern: relocation.addend ?? inPlace)
    if kind.isRelative { value &-= place }
    memory.write((0..<kind.byteCount).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }, at: place)
  }
}

/// Gives each undefined symbol of a relocatable file an address of its own behind the image, so that a jump to
/// it neither stays in its function nor loses its name.
private struct ExternalSymbols {
  private(set) var names: [UInt64: String] = [:]
  private let base: UInt64

  init(_ symbols: [ElfSymbol], after end: UInt64) {
    base = (end &+ 0x100_0000) & ~0xffff
    for (index, symbol) in symbols.enumerated() where symbol.sectionIndex == nil && !symbol.name.isEmpty {
      names[base &+ UInt64(index) &* 16] = symbol.name
    }
  }

  func address(of index: Int, _ symbols: [ElfSymbol]) -> UInt64 {
    guard symbols.indices.contains(index), index != 0 else { return 0 }
    let symbol = symbols[index]
    return symbol.sectionIndex == nil ? base &+ UInt64(index) &* 16 : symbol.address
  }
}

/// The relocations that matter to code and tables; others leave their place as it is.
private struct RelocationKind {
  let byteCount: Int
  let isRelative: Bool

  init?(_ machine: Machine, _ type: UInt32) {
    let known: (Int, Bool)?
    switch machine {
    case .x8664:
      known =
        [1: (8, false), 2: (4, true), 4: (4, true), 10: (4, false), 11: (4, false), 24: (8, true)][type]
    case .x86: known = [1: (4, false), 2: (4, true), 4: (4, true)][type]
    case .arm64:
      known = [257: (8, false), 258: (4, false), 260: (8, true), 261: (4, true), 1027: (8, false)][type]
    case .arm: known = [2: (4, false), 3: (4, true), 23: (4, false)][type]
    case .other: known = nil
    }
    guard let known else { return nil }
    (byteCount, isRelative) = known
  }
}
