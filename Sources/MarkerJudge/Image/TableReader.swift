import Elfutils

/// Reads the kernel's tables from an image's memory.
struct TableReader {
  let memory: ImageMemory
  let linker: LinkerSymbols
  let machine: Machine
  let isRelocatable: Bool

  /// The size of a pointer in bytes.
  private var wordSize: Int { machine == .arm || machine == .x86 ? 4 : 8 }

  /// Where a table lies; several ranges when an object has several sections of the name, empty when it has none.
  func ranges(_ table: KernelTable) -> [AddressRange] {
    if let range = linker.range(table.start, table.end) {
      // A damaged symbol may lie far away: no table reaches beyond its section.
      guard let index = memory.blockIndex(at: range.start) else { return [] }
      return [AddressRange(range.start, min(range.end, memory.blocks[index].end))]
    }
    guard isRelocatable else { return [] }
    return memory.blocks.filter { table.sections.contains($0.name) }.map { AddressRange($0.start, $0.end) }
  }

  /// The start of each entry.
  func entries(_ table: KernelTable, size: Int) -> [UInt64] {
    ranges(table).flatMap { range in
      stride(from: 0, to: range.byteCount - size + 1, by: size).map { range.start &+ UInt64($0) }
    }
  }

  func word(_ address: UInt64) -> UInt64? { memory.unsigned(at: address, byteCount: wordSize) }

  /// Pointers in a row, zeros left out.
  func pointers(_ table: KernelTable) -> [UInt64] {
    entries(table, size: wordSize).compactMap { word($0) }.filter { $0 != 0 }
  }

  /// Self-relative 32-bit references in a row.
  func relatives(_ table: KernelTable) -> [UInt64] {
    entries(table, size: 4).compactMap { memory.relativeAddress(at: $0) }
  }

  /// The first field of each entry as a code address, self-relative or absolute, with the entry's start.
  ///
  /// Entry sizes differ between kernels: the first of `sizes` under which every entry points into executable
  /// code is taken. Empty when none fits.
  func codeEntries(_ table: KernelTable, sizes: [Int], isRelative: Bool) -> [(entry: UInt64, code: UInt64)] {
    for size in sizes {
      let found = entries(table, size: size).compactMap { entry in
        (isRelative ? memory.relativeAddress(at: entry) : word(entry)).map { (entry: entry, code: $0) }
      }
      if !found.isEmpty, found.prefix(1000).allSatisfy({ isCode($0.code) }) { return found }
    }
    return []
  }

  private func isCode(_ address: UInt64) -> Bool {
    memory.blockIndex(at: address).map { memory.blocks[$0].isExecutable } ?? false
  }
}
