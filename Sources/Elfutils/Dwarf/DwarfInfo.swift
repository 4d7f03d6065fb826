import CElfutils
public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The debugging information of one image. Owns the libdw handle; belongs to one task.
///
/// All addresses are link addresses of the image (see `ElfImage` for relocatable files).
public final class DwarfInfo {
  public let image: ElfImage
  /// The separate debug file; nil when the image carries its own debugging information.
  public let debugFile: FilePath?
  let dwarf: OpaquePointer
  private let debugElf: OpaquePointer
  lazy var callFrameTables: [OpaquePointer] = openCallFrameTables()
  lazy var locationLists4 = debugSection(".debug_loc")
  lazy var locationLists5 = debugSection(".debug_loclists")

  /// Finds the image's debugging information: embedded, by build id, by `.gnu_debuglink`, by debuginfod when
  /// `DEBUGINFOD_URLS` is set. libdwfl checks build id or CRC of a separate file.
  ///
  /// - Throws: when there is none or it is damaged; the remedy names the places that were tried.
  public init(image: ElfImage) throws(ElfError) {
    self.image = image
    var bias: Dwarf_Addr = 0
    guard let dwarf = dwfl_module_getdwarf(image.module, &bias), let debugElf = dwarf_getelf(dwarf) else {
      throw missingDebugInfo(image, reason: lastDwflError())
    }
    self.dwarf = dwarf
    self.debugElf = debugElf
    debugFile = debugFilePath(image.module)
  }

  /// The package of split files beside the image or its debug file (`IMAGE.dwp`, DWARF 5 section 7.3.5), whether
  /// or not libdw can read it: 0.188 cannot. nil when there is none.
  public var splitPackage: FilePath? {
    [image.path, debugFile].compactMap { $0 }.map { FilePath($0.string + ".dwp") }
      .first { access($0.string, F_OK) == 0 }
  }

  /// The units of `.debug_info` in section order: compile units, partial units, skeletons. Type units are left out.
  public var units: [DwarfUnit] {
    var result: [DwarfUnit] = []
    var unit: OpaquePointer?
    while true {
      var next: OpaquePointer?
      var version: Dwarf_Half = 0
      var type: UInt8 = 0
      var die = Dwarf_Die()
      var subDie = Dwarf_Die()
      guard dwarf_get_units(dwarf, unit, &next, &version, &type, &die, &subDie) == 0 else { break }
      unit = next
      let isType = type == 2 || type == 6
      if !isType {
        result.append(
          DwarfUnit(info: self, version: Int(version), unitType: type, die: die, splitDie: subDie))
      }
    }
    return result
  }

  /// A section of the debug file as libdw sees it: decompressed and, in a relocatable file, relocated.
  /// Empty when there is no such section.
  public func debugSection(_ name: String) -> UnsafeRawBufferPointer {
    let compressed = ".z" + name.dropFirst()
    var names = 0
    guard elf_getshdrstrndx(debugElf, &names) == 0 else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    var current = elf_nextscn(debugElf, nil)
    while let scn = current {
      var header = GElf_Shdr()
      if gelf_getshdr(scn, &header) != nil, header.sh_type != 8,
        let text = elf_strptr(debugElf, names, Int(header.sh_name)),
        [name, compressed].contains(String(cString: text))
      {
        guard decompress(scn, name: String(cString: text), flags: header.sh_flags),
          let data = elf_getdata(scn, nil), let start = data.pointee.d_buf
        else { break }
        return UnsafeRawBufferPointer(start: start, count: data.pointee.d_size)
      }
      current = elf_nextscn(debugElf, scn)
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }
}

/// The file that libdwfl took the debugging information from when that is not the image itself.
func debugFilePath(_ module: OpaquePointer) -> FilePath? {
  var main: UnsafePointer<CChar>?
  var debug: UnsafePointer<CChar>?
  _ = dwfl_module_info(module, nil, nil, nil, nil, nil, &main, &debug)
  guard let debug else { return nil }
  let path = String(cString: debug)
  return main.map { String(cString: $0) } == path ? nil : FilePath(path)
}

private func missingDebugInfo(_ image: ElfImage, reason: String) -> ElfError {
  var tried = ["the file itself"]
  if let id = image.buildID, let first = id.first {
    let rest = id.dropFirst().map { hexByte($0) }.joined()
    tried += image.session.debugRoots.map { "\($0)/.build-id/\(hexByte(first))/\(rest).debug" }
    if let servers = debuginfodServers() { tried.append("debuginfod at \(servers)") }
  }
  if image.section(named: ".gnu_debuglink") != nil { tried.append("the file named by .gnu_debuglink") }
  return ElfError(
    operation: "find debugging information", path: image.path, reason: reason,
    remedy:
      "tried \(tried.joined(separator: ", ")): install the debug package, build with -g, or name a directory with --debug-dir"
  )
}

/// The servers that libdwfl asks when libdebuginfod is installed; nil when none is configured.
private func debuginfodServers() -> String? {
  guard let value = getenv("DEBUGINFOD_URLS") else { return nil }
  let servers = String(cString: value)
  return servers.isEmpty ? nil : servers
}

private func hexByte(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
