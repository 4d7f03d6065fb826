public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Opening files: the only place where an image comes from.
public enum ElfFile {
  /// Opens a file and returns its images: one, or one for each ELF member of an archive, in archive order.
  ///
  /// Compressed files (`.gz`, `.bz2`, `.xz`, `.zst`) are recognised by content and decompressed in memory.
  /// - Parameter debugDirectories: where separate debug files are looked for before `/usr/lib/debug`, as there: by
  ///   build id below `.build-id`, and by `.gnu_debuglink`.
  /// - Throws: when the file cannot be read, is no ELF file or archive, or is damaged.
  public static func open(_ path: FilePath, debugDirectories: [FilePath] = []) throws(ElfError) -> [ElfImage]
  {
    try checkReadable(path)
    let session = try DwflSession(path: path, debugDirectories: debugDirectories)
    let modules = try session.report(path)
    var images: [ElfImage] = []
    for (module, name) in modules {
      let member = memberName(name, path: path, isOnly: modules.count == 1)
      images.append(try ElfImage(session: session, module: module, path: path, member: member))
    }
    return images
  }

  /// Opens a file that must hold exactly one image.
  public static func openSingle(
    _ path: FilePath, debugDirectories: [FilePath] = []
  ) throws(ElfError) -> ElfImage {
    let images = try open(path, debugDirectories: debugDirectories)
    guard images.count == 1, let image = images.first else {
      throw ElfError(
        operation: "open", path: path, reason: "the archive holds \(images.count) ELF members",
        remedy: "extract the member with ar x")
    }
    return image
  }

  /// libdwfl says "invalid file" of anything; the system knows better what is wrong with a path.
  private static func checkReadable(_ path: FilePath) throws(ElfError) {
    var status = stat()
    guard stat(path.string, &status) == 0 else {
      throw ElfError(operation: "open", path: path, reason: systemMessage(errno), remedy: remedy(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ElfError(operation: "open", path: path, reason: "not a regular file")
    }
    guard access(path.string, R_OK) == 0 else {
      throw ElfError(operation: "open", path: path, reason: systemMessage(errno), remedy: remedy(errno))
    }
    guard status.st_size > 0 else {
      throw ElfError(operation: "read as ELF", path: path, offset: 0, reason: "the file is empty")
    }
    guard (try? readPrefix(path, count: 8)) != Array("!<thin>\n".utf8) else {
      throw ElfError(
        operation: "read as ELF", path: path, offset: 0, reason: "a thin archive only names its members",
        remedy: "give the member files, which ar t lists")
    }
  }

  private static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOENT: "check the path"
    case EACCES: "check the permissions, or run as a user who may read it"
    default: nil
    }
  }

  /// libdwfl names a member "archive(member)" or by the member's name alone.
  private static func memberName(_ name: String, path: FilePath, isOnly: Bool) -> String? {
    if name == path.string { return nil }
    // libdwfl calls a member "ARCHIVE:MEMBER".
    if name.hasPrefix(path.string + ":") { return String(name.dropFirst(path.string.count + 1)) }
    return isOnly && !isArchive(path) ? nil : name
  }

  private static func isArchive(_ path: FilePath) -> Bool {
    guard let head = try? readPrefix(path, count: 8) else { return false }
    return head == Array("!<arch>\n".utf8)
  }
}

/// The first bytes of a file, fewer when the file is shorter.
func readPrefix(_ path: FilePath, count: Int) throws -> [UInt8] {
  let file = try FileDescriptor.open(path, .readOnly)
  return try file.closeAfter {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    return Array(bytes.prefix(length))
  }
}

/// The system's words for an `errno` value.
func systemMessage(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}
