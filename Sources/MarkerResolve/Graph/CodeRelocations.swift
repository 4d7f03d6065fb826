import Elfutils

/// Applies the relocations that say where code of a relocatable file goes: of branches, calls and jump tables.
/// libdwfl relocates debug sections only.
struct CodeRelocations {
  private let image: ElfImage
  /// The relocation sections by the index of the section that they change.
  private let tables: [Int: [ElfSection]]

  init(image: ElfImage) {
    self.image = image
    let isRelocatable = image.identity.type == .relocatable
    // SHT_RELA and SHT_REL
    let sections = image.sections.filter { isRelocatable && ($0.type == 4 || $0.type == 9) }
    tables = Dictionary(grouping: sections, by: \.info)
  }

  /// Changes the bytes of a section as the linker would; what it binds to something outside of the file goes to
  /// address 0, which is in no function.
  func apply(to bytes: inout [UInt8], of section: ElfSection) {
    for table in tables[section.index] ?? [] {
      for relocation in image.relocations(in: table) {
        guard let patch = patch(relocation), let start = Int(exactly: relocation.offset),
          start <= bytes.count - patch.byteCount
        else { continue }
        let place = section.address &+ relocation.offset
        let value = patch.isRelative ? patch.target &- place : patch.target
        for index in 0..<patch.byteCount {
          bytes[start + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        }
      }
    }
  }

  /// The name of the symbol outside of the file that bytes of a section are bound to; nil when they are bound to
  /// none.
  func externalName(in range: AddressRange, of section: ElfSection) -> String? {
    for table in tables[section.index] ?? [] {
      for relocation in image.relocations(in: table)
      where range.contains(section.address &+ relocation.offset) {
        guard image.symbols.indices.contains(relocation.symbolIndex) else { continue }
        let symbol = image.symbols[relocation.symbolIndex]
        if symbol.sectionIndex == nil, !symbol.name.isEmpty { return symbol.name }
      }
    }
    return nil
  }

  private struct Patch {
    /// S + A
    let target: UInt64
    let byteCount: Int
    let isRelative: Bool
  }

  /// nil for a relocation that is of no matter to control flow, and on machines other than x86-64.
  private func patch(_ relocation: ElfRelocation) -> Patch? {
    guard image.identity.machine == .x8664, image.symbols.indices.contains(relocation.symbolIndex) else {
      return nil
    }
    let symbol = image.symbols[relocation.symbolIndex]
    let start = symbol.sectionIndex == nil ? 0 : symbol.address
    let target = start &+ UInt64(bitPattern: relocation.addend ?? 0)
    switch relocation.type {
    case 1: return Patch(target: target, byteCount: 8, isRelative: false)  // R_X86_64_64
    case 2, 4: return Patch(target: target, byteCount: 4, isRelative: true)  // R_X86_64_PC32, PLT32
    case 10, 11: return Patch(target: target, byteCount: 4, isRelative: false)  // R_X86_64_32, 32S
    default: return nil
    }
  }
}
