import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What the command asks of the file system beside reading and writing.
enum FileSystem {
  static func exists(_ path: FilePath) -> Bool { access(path.string, F_OK) == 0 }
}
