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
  /// The file's bytes when libdwfl reads them from memory; must outlive the handle.
  private var memory: UnsafeMutableRawBufferPointer?

  init(path: FilePath) throws(ElfError) {
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: Dwfl_Callbacks())
    callbacks.pointee.find_debuginfo = dwfl_standard_find_debuginfo
    callbacks.pointee.section_address = dwfl_offline_section_address
    guard let handle = dwfl_begin(callbacks) else {
      callbacks.deallocate()
      throw ElfError(operation: "open", path: path, reason: lastDwflError())
    }
    self.handle = handle
  }

  deinit {
    dwfl_end(handle)
    callbacks.deallocate()
    memory?.deallocate()
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

/// libdwfl's words for its last error.
func lastDwflError() -> String {
  let code = dwfl_errno()
  guard code != 0, let message = dwfl_errmsg(code) else { return "no reason given by libdwfl" }
  let text = String(cString: message)
  return text.prefix(1).lowercased() + text.dropFirst()
}
