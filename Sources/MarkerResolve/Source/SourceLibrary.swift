import CSource

#if canImport(Glibc)
  import Glibc
#endif

/// The source files that are at hand, read once each. Nothing else of the host is looked at.
final class SourceLibrary {
  private var files: [String: SourceFile?] = [:]
  private let isEnabled: Bool

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// The file at the path that DWARF names (after `--source-prefix`); nil when it is not there.
  func file(_ path: String) -> SourceFile? {
    guard isEnabled else { return nil }
    if let known = files[path] { return known }
    let file = readFile(path).map { SourceFile(bytes: $0) }
    files[path] = .some(file)
    return file
  }

  private func readFile(_ path: String) -> [UInt8]? {
    guard let stream = fopen(path, "rb") else { return nil }
    defer { fclose(stream) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, stream)
      if count == 0 { return ferror(stream) == 0 ? result : nil }
      result.append(contentsOf: chunk[..<count])
    }
  }
}
