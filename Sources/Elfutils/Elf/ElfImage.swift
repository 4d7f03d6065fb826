import CElfutils
public import SystemPackage

/// One ELF image: a file, or a member of an archive. Owns the libdwfl session; not for concurrent use.
///
/// Relocatable files get a layout (an address for each allocated section) and their debug sections are
/// relocated against it, so that the rest of the program sees link addresses everywhere.
public final class ElfImage {
  public let path: FilePath
  /// The archive member, nil for a plain file.
  public let member: String?
  public let identity: ElfIdentity
  public let sections: [ElfSection]
  public let segments: [ElfSegment]

  let session: DwflSession
  let module: OpaquePointer
  let elf: OpaquePointer

  /// What messages call the image: the path, with the member in parentheses.
  public var displayName: String { member.map { "\(path)(\($0))" } ?? path.string }

  init(session: DwflSession, module: OpaquePointer, path: FilePath, member: String?) throws(ElfError) {
    self.session = session
    self.module = module
    self.path = path
    self.member = member
    var bias: GElf_Addr = 0
    guard let elf = dwfl_module_getelf(module, &bias) else {
      throw ElfError(operation: "open", path: path, reason: lastDwflError())
    }
    self.elf = elf
    identity = try readIdentity(elf, path: path)
    sections = try readSections(elf, path: path)
    segments = readSegments(elf)
  }

  /// The image's first section of that name, nil when there is none.
  public func section(named name: String) -> ElfSection? { sections.first { $0.name == name } }

  /// The allocated section that holds a link address, nil when none does.
  public func section(containing address: UInt64) -> ElfSection? {
    sections.first { $0.contains(address) }
  }

  /// A section's bytes, decompressed when `SHF_COMPRESSED` or named `.zdebug…`; empty for `SHT_NOBITS`.
  ///
  /// - Throws: when the section reaches beyond the file or cannot be decompressed.
  public func bytes(of section: ElfSection) throws(ElfError) -> [UInt8] {
    try readSectionBytes(elf, section: section, path: path)
  }

  /// The build id (`NT_GNU_BUILD_ID`), nil when the image has none.
  public var buildID: [UInt8]? {
    var bits: UnsafePointer<UInt8>?
    var address: GElf_Addr = 0
    let count = dwfl_module_build_id(module, &bits, &address)
    guard count > 0, let bits else { return nil }
    return Array(UnsafeBufferPointer(start: bits, count: Int(count)))
  }

  /// The file with the debugging information of an image that has none itself, found as `DwarfInfo` finds it; nil when
  /// the image has its own or there is no such file.
  public var separateDebugFile: SeparateDebugFile? {
    if [".debug_info", ".zdebug_info"].contains(where: { section(named: $0) != nil }) { return nil }
    var bias: Dwarf_Addr = 0
    guard let dwarf = dwfl_module_getdwarf(module, &bias), let elf = dwarf_getelf(dwarf) else { return nil }
    return SeparateDebugFile(image: self, elf: elf)
  }

  /// The symbols of `.symtab`, else of `.dynsym`, in table order; empty when there is neither.
  public lazy var symbols: [ElfSymbol] = readSymbols(elf, image: self)

  /// The relocations of a `SHT_REL` or `SHT_RELA` section; empty for any other section.
  public func relocations(in section: ElfSection) -> [ElfRelocation] {
    readRelocations(elf, section: section)
  }
}

/// The file with the debugging information of an image, which keeps it open.
public struct SeparateDebugFile {
  private let image: ElfImage
  private let elf: OpaquePointer

  fileprivate init(image: ElfImage, elf: OpaquePointer) {
    self.image = image
    self.elf = elf
  }

  /// What messages call the file: its path, or whose it is when libdwfl does not say where it keeps it (debuginfod).
  public var displayName: String { path?.string ?? "debug file of \(image.displayName)" }

  /// - Throws: when the section headers cannot be read.
  public func sections() throws(ElfError) -> [ElfSection] { try readSections(elf, path: path ?? image.path) }

  /// A section's bytes, as `ElfImage.bytes(of:)`.
  public func bytes(of section: ElfSection) throws(ElfError) -> [UInt8] {
    try readSectionBytes(elf, section: section, path: path ?? image.path)
  }

  private var path: FilePath? { debugFilePath(image.module) }
}
