import CSource

#if canImport(Glibc)
  import Glibc
#endif

/// The source files that are at hand, read once each. Nothing else of the host is looked at.
final class SourceLibrary {
  private var files: [String: SourceFile?] = [:]
  private var macroFiles: [String: [String: MacroBody]] = [:]
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

  /// The macros that the file at a path defines; empty when it is not there.
  func macros(_ path: String) -> [String: MacroBody] {
    guard isEnabled else { return [:] }
    if let known = macroFiles[path] { return known }
    let found = (files[path]??.bytes ?? readFile(path)).map { MacroBody.definitions(in: $0) } ?? [:]
    macroFiles[path] = found
    return found
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
