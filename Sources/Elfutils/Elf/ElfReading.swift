import CElfutils
import SystemPackage

func lastElfError() -> String {
  let code = elf_errno()
  guard code != 0, let message = elf_errmsg(code) else { return "no reason given by libelf" }
  return String(cString: message)
}

func readIdentity(_ elf: OpaquePointer, path: FilePath) throws(ElfError) -> ElfIdentity {
  var header = GElf_Ehdr()
  guard gelf_getehdr(elf, &header) != nil else {
    throw ElfError(operation: "read the ELF header", path: path, offset: 0, reason: lastElfError())
  }
  let type: ElfType =
    switch header.e_type {
    case 1: .relocatable
    case 2: .executable
    case 3: .sharedObject
    case 4: .core
    default: .other(header.e_type)
    }
  return ElfIdentity(
    elfClass: gelf_getclass(elf) == 1 ? .bits32 : .bits64,
    byteOrder: header.e_ident.5 == 2 ? .big : .little,
    type: type, machine: Machine(number: header.e_machine), flags: header.e_flags, entry: header.e_entry)
}

func readSections(_ elf: OpaquePointer, path: FilePath) throws(ElfError) -> [ElfSection] {
  var names = 0
  guard elf_getshdrstrndx(elf, &names) == 0, elf_nextscn(elf, nil) != nil else {
    try checkHasNoSections(elf, path: path)
    return []
  }
  var sections: [ElfSection] = []
  var current = elf_nextscn(elf, nil)
  while let scn = current {
    var header = GElf_Shdr()
    guard gelf_getshdr(scn, &header) != nil else {
      throw ElfError(operation: "read section header \(elf_ndxscn(scn))", path: path, reason: lastElfError())
    }
    let name = elf_strptr(elf, names, Int(header.sh_name)).map { String(cString: $0) } ?? ""
    sections.append(
      ElfSection(
        index: elf_ndxscn(scn), name: name, type: header.sh_type, flags: header.sh_flags,
        address: header.sh_addr, offset: header.sh_offset, byteCount: header.sh_size,
        link: Int(header.sh_link), info: Int(header.sh_info), entryByteCount: header.sh_entsize,
        alignment: header.sh_addralign))
    current = elf_nextscn(elf, scn)
  }
  return sections
}

/// libelf gives a file whose section headers lie behind its end no sections at all.
private func checkHasNoSections(_ elf: OpaquePointer, path: FilePath) throws(ElfError) {
  var header = GElf_Ehdr()
  guard gelf_getehdr(elf, &header) != nil, header.e_shoff != 0 else { return }
  throw ElfError(
    operation: "read the section headers", path: path, offset: header.e_shoff,
    reason: "there are none where the ELF header says",
    remedy: "the file may be truncated: copy or build it again")
}

func readSegments(_ elf: OpaquePointer) -> [ElfSegment] {
  var count = 0
  guard elf_getphdrnum(elf, &count) == 0 else { return [] }
  return (0..<min(count, 0x10000)).compactMap { index in
    var header = GElf_Phdr()
    guard gelf_getphdr(elf, Int32(index), &header) != nil else { return nil }
    return ElfSegment(
      type: header.p_type, flags: header.p_flags, offset: header.p_offset, address: header.p_vaddr,
      physicalAddress: header.p_paddr, fileByteCount: header.p_filesz, memoryByteCount: header.p_memsz,
      alignment: header.p_align)
  }
}

func readSectionBytes(_ elf: OpaquePointer, section: ElfSection, path: FilePath) throws(ElfError) -> [UInt8] {
  if section.isNoBits || section.byteCount == 0 { return [] }
  let operation = "read section '\(section.name)'"
  guard let scn = elf_getscn(elf, section.index) else {
    throw ElfError(operation: operation, path: path, reason: lastElfError())
  }
  guard decompress(scn, name: section.name, flags: section.flags) else {
    throw ElfError(
      operation: "decompress section '\(section.name)'", path: path, offset: section.offset,
      reason: lastElfError(), remedy: "rewrite the file with objcopy --decompress-debug-sections")
  }
  guard let data = elf_getdata(scn, nil) else {
    throw ElfError(
      operation: operation, path: path, offset: section.offset, reason: lastElfError(),
      remedy: "the file may be truncated: copy or build it again")
  }
  guard let start = data.pointee.d_buf else { return [] }
  return Array(UnsafeRawBufferPointer(start: start, count: data.pointee.d_size))
}

/// Decompresses a section in place where it is compressed: `SHF_COMPRESSED`, or as older GNU tools do it, with a name in
/// `.zdebug` and content that begins with "ZLIB". False when it cannot be.
func decompress(_ scn: OpaquePointer, name: String, flags: UInt64) -> Bool {
  if flags & 0x800 != 0 { return elf_compress(scn, 0, 0) >= 0 }
  guard name.hasPrefix(".zdebug"), let data = elf_getdata(scn, nil), let start = data.pointee.d_buf,
    UnsafeRawBufferPointer(start: start, count: data.pointee.d_size).starts(with: "ZLIB".utf8)
  else { return true }
  return elf_compress_gnu(scn, 0, 0) >= 0
}

func readSymbols(_ elf: OpaquePointer, image: ElfImage) -> [ElfSymbol] {
  let table = image.sections.first { $0.type == 2 } ?? image.sections.first { $0.type == 11 }
  guard let table, let scn = elf_getscn(elf, table.index), let data = elf_getdata(scn, nil) else { return [] }
  let extended = extendedIndexes(elf, of: table, in: image.sections)
  let entry = image.identity.elfClass == .bits64 ? 24 : 16
  let relocatable = image.identity.type == .relocatable
  return (0..<data.pointee.d_size / entry).compactMap { index in
    var symbol = GElf_Sym()
    var wide: Elf32_Word = 0
    guard gelf_getsymshndx(data, extended, Int32(index), &symbol, &wide) != nil else { return nil }
    let name = elf_strptr(elf, table.link, Int(symbol.st_name)).map { String(cString: $0) } ?? ""
    let section = sectionIndex(symbol, wide: wide)
    var address = symbol.st_value
    if relocatable, let section, section <= image.sections.count {
      address &+= image.sections[section - 1].address
    }
    return ElfSymbol(
      name: name, address: address, byteCount: symbol.st_size, type: symbol.st_info & 0xf,
      binding: symbol.st_info >> 4, other: symbol.st_other, sectionIndex: section)
  }
}

/// `SHN_XINDEX` (0xffff) says that the index is in `SHT_SYMTAB_SHNDX`; other values from 0xff00 are reserved.
private func sectionIndex(_ symbol: GElf_Sym, wide: Elf32_Word) -> Int? {
  switch symbol.st_shndx {
  case 0: nil
  case 0xffff: wide == 0 ? nil : Int(wide)
  case 0xff00...: nil
  default: Int(symbol.st_shndx)
  }
}

private func extendedIndexes(
  _ elf: OpaquePointer, of table: ElfSection, in sections: [ElfSection]
) -> UnsafeMutablePointer<Elf_Data>? {
  guard let section = sections.first(where: { $0.type == 18 && $0.link == table.index }),
    let scn = elf_getscn(elf, section.index)
  else { return nil }
  return elf_getdata(scn, nil)
}

func readRelocations(_ elf: OpaquePointer, section: ElfSection) -> [ElfRelocation] {
  guard section.type == 4 || section.type == 9, section.entryByteCount > 0,
    let scn = elf_getscn(elf, section.index), let data = elf_getdata(scn, nil)
  else { return [] }
  let wide = gelf_getclass(elf) == 2
  let entry = wide ? (section.type == 4 ? 24 : 16) : (section.type == 4 ? 12 : 8)
  return (0..<data.pointee.d_size / entry).compactMap { index in
    if section.type == 9 {
      var item = GElf_Rel()
      guard gelf_getrel(data, Int32(index), &item) != nil else { return nil }
      return ElfRelocation(
        offset: item.r_offset, type: UInt32(truncatingIfNeeded: item.r_info),
        symbolIndex: Int(item.r_info >> 32), addend: nil)
    }
    var item = GElf_Rela()
    guard gelf_getrela(data, Int32(index), &item) != nil else { return nil }
    return ElfRelocation(
      offset: item.r_offset, type: UInt32(truncatingIfNeeded: item.r_info),
      symbolIndex: Int(item.r_info >> 32), addend: item.r_addend)
  }
}
