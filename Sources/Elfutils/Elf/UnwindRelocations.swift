import CElfutils

extension ElfImage {
  /// Applies the relocations of a relocatable file's `.eh_frame`, which libdwfl, unlike those of debug sections, leaves
  /// undone. Must run before libdw first reads the table.
  func relocateUnwindTable() {
    guard identity.type == .relocatable, let table = section(named: ".eh_frame"),
      let scn = elf_getscn(elf, table.index), let data = elf_rawdata(scn, nil),
      let start = data.pointee.d_buf
    else { return }
    let content = UnsafeMutableRawBufferPointer(start: start, count: data.pointee.d_size)
    let symbols = symbols
    for section in sections where section.info == table.index {
      for relocation in relocations(in: section) where symbols.indices.contains(relocation.symbolIndex) {
        apply(relocation, symbol: symbols[relocation.symbolIndex].address, at: table.address, to: content)
      }
    }
  }

  private func apply(
    _ relocation: ElfRelocation, symbol: UInt64, at base: UInt64, to content: UnsafeMutableRawBufferPointer
  ) {
    guard let (byteCount, isRelative) = unwindRelocation(relocation.type),
      let offset = Int(exactly: relocation.offset), offset <= content.count,
      content.count - offset >= byteCount
    else { return }
    let place = content[offset..<offset + byteCount]
    let isBigEndian = identity.byteOrder == .big
    let old = (isBigEndian ? Array(place) : place.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let addend = relocation.addend.map { UInt64(bitPattern: $0) } ?? old
    let value = symbol &+ addend &- (isRelative ? base &+ relocation.offset : 0)
    for index in 0..<byteCount {
      let shift = 8 * (isBigEndian ? byteCount - 1 - index : index)
      content[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  /// The relocation types that assemblers use for the addresses in `.eh_frame` (the psABIs' `R_…` numbers).
  private func unwindRelocation(_ type: UInt32) -> (byteCount: Int, isRelative: Bool)? {
    switch (identity.machine, type) {
    case (.x8664, 2), (.x86, 2), (.arm64, 261), (.arm, 3): (4, true)
    case (.x8664, 24), (.arm64, 260): (8, true)
    case (.x8664, 10), (.x8664, 11), (.x86, 1), (.arm64, 258), (.arm, 2): (4, false)
    case (.x8664, 1), (.arm64, 257): (8, false)
    case (.x8664, _), (.x86, _), (.arm64, _), (.arm, _), (.other, _): nil
    }
  }
}
