import CElfutils
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A libdwfl session over one file. libdwfl gives relocatable files a layout, decompresses `.gz`, `.bz2` and
/// `.xz` files, opens archive members and finds separate debug files.
final class DwflSession {
  let handle: OpaquePointer
  private let callbacks: UnsafeMutablePointer<Dwfl_Callbacks>
  /// Where libdwfl reads the search path from whenever it looks for a debug file.
  private let searchPath: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  /// The file's bytes when libdwfl reads them from memory; must outlive the handle.
  private var memory: UnsafeMutableRawBufferPointer?

  /// The roots of debug files, in the order in which they are searched.
  let debugRoots: [String]

  /// - Parameter debugDirectories: further roots of debug files, before `/usr/lib/debug`.
  init(path: FilePath, debugDirectories: [FilePath]) throws(ElfError) {
    debugRoots = debugDirectories.map(absolutePath) + ["/usr/lib/debug"]
    searchPath = .allocate(capacity: 1)
    searchPath.initialize(to: strdup(([":.debug"] + debugRoots).joined(separator: ":")))
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: Dwfl_Callbacks())
    callbacks.pointee.find_debuginfo = dwfl_standard_find_debuginfo
    callbacks.pointee.section_address = dwfl_offline_section_address
    callbacks.pointee.debuginfo_path = searchPath
    guard let handle = dwfl_begin(callbacks) else {
      Self.release(callbacks, searchPath)
      throw ElfError(operation: "open", path: path, reason: lastDwflError())
    }
    self.handle = handle
  }

  deinit {
    dwfl_end(handle)
    Self.release(callbacks, searchPath)
    memory?.deallocate()
  }

  private static func release(
    _ callbacks: UnsafeMutablePointer<Dwfl_Callbacks>,
    _ searchPath: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  ) {
    free(searchPath.pointee)
    searchPath.deallocate()
    callbacks.deallocate()
  }

  /// Reports the file to libdwfl and returns its modules: one, or one for each archive member.
  func report(_ path: FilePath) throws(ElfError) -> [(module: OpaquePointer, name: String)] {
    dwfl_report_begin(handle)
    let first =
      if let content = try decompressZstandard(path) {
        reportMemory(content, path: path)
      } else {
        dwfl_report_offline(handle, path.string, path.string, -1)
      }
    let reason = first == nil ? lastDwflError() : ""
    dwfl_report_end(handle, nil, nil)
    guard first != nil else {
      throw ElfError(
        operation: "read as ELF", path: path, offset: 0, reason: reason,
        remedy: "give an ELF file: vmlinux, a module, an object, an archive or a program")
    }
    return modules()
  }

  private func reportMemory(_ content: UnsafeMutableRawBufferPointer, path: FilePath) -> OpaquePointer? {
    memory = content
    let start = content.baseAddress?.assumingMemoryBound(to: CChar.self)
    // libdw 0.188 does not look whether libelf could read the memory.
    guard let start, let elf = elf_memory(start, content.count) else { return nil }
    elf_end(elf)
    return dwfl_report_offline_memory(handle, path.string, path.string, start, content.count)
  }

  private func modules() -> [(module: OpaquePointer, name: String)] {
    final class List { var items: [(module: OpaquePointer, name: String)] = [] }
    let list = List()
    let context = Unmanaged.passUnretained(list).toOpaque()
    _ = dwfl_getmodules(
      handle,
      { module, _, name, _, context in
        guard let module, let context else { return 0 }
        let list = Unmanaged<List>.fromOpaque(context).takeUnretainedValue()
        list.items.append((module, name.map { String(cString: $0) } ?? ""))
        return 0
      }, context, 0)
    return list.items
  }
}

/// The path from the root on: libdwfl takes a relative one as meant beside each image.
private func absolutePath(_ path: FilePath) -> String {
  guard let real = realpath(path.string, nil) else { return path.string }
  defer { free(real) }
  return String(cString: real)
}

/// libdwfl's words for its last error, else libelf's.
func lastDwflError() -> String {
  let code = dwfl_errno()
  guard code != 0, let message = dwfl_errmsg(code) else { return lastElfError() }
  let text = String(cString: message)
  return text.prefix(1).lowercased() + text.dropFirst()
}
