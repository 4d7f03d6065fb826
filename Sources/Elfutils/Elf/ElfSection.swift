/// A section header. Addresses are link addresses; in a relocatable file they are the layout that
/// `ElfImage` gives it (section after section, in file order), so that no two sections overlap.
public struct ElfSection: Sendable, Hashable {
  /// The section header index.
  public let index: Int
  public let name: String
  /// `sh_type`, an `SHT_…` value.
  public let type: UInt32
  /// `sh_flags`
  public let flags: UInt64
  /// `sh_addr`; 0 for a section that is not allocated.
  public let address: UInt64
  /// `sh_offset`
  public let offset: UInt64
  /// `sh_size`: bytes in memory; the file holds none of them when the type is `SHT_NOBITS`.
  public let byteCount: UInt64
  public let link: Int
  public let info: Int
  public let entryByteCount: UInt64
  public let alignment: UInt64

  /// `SHF_ALLOC`
  public var isAllocated: Bool { flags & 0x2 != 0 }
  /// `SHF_EXECINSTR`
  public var isExecutable: Bool { flags & 0x4 != 0 }
  /// `SHF_WRITE`
  public var isWritable: Bool { flags & 0x1 != 0 }
  /// `SHT_NOBITS`
  public var isNoBits: Bool { type == 8 }

  /// Whether a link address lies inside the section.
  public func contains(_ address: UInt64) -> Bool {
    isAllocated && address >= self.address && address - self.address < byteCount
  }
}

/// A program header of type `PT_LOAD` and what it maps.
public struct ElfSegment: Sendable, Hashable {
  public let type: UInt32
  public let flags: UInt32
  public let offset: UInt64
  public let address: UInt64
  public let physicalAddress: UInt64
  public let fileByteCount: UInt64
  public let memoryByteCount: UInt64
  public let alignment: UInt64
}

/// A symbol table entry.
public struct ElfSymbol: Sendable, Hashable {
  public let name: String
  /// The link address for a defined symbol (see `ElfSection` for relocatable files), else `st_value`.
  public let address: UInt64
  public let byteCount: UInt64
  /// `STT_…`
  public let type: UInt8
  /// `STB_…`
  public let binding: UInt8
  /// `st_other`
  public let other: UInt8
  /// The section header index; nil when undefined, absolute or common.
  public let sectionIndex: Int?

  public var isFunction: Bool { type == 2 || type == 10 }
  public var isGlobal: Bool { binding == 1 }
}

/// One relocation, as the table holds it.
public struct ElfRelocation: Sendable, Hashable {
  /// The place: a link address in an executable, relative to the target section in a relocatable file.
  public let offset: UInt64
  /// `R_<machine>_…`
  public let type: UInt32
  /// The index in the symbol table that the relocation section links to; 0 is no symbol.
  public let symbolIndex: Int
  /// nil in a `SHT_REL` table, where the addend sits at the place itself.
  public let addend: Int64?
}
