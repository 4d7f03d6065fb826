import CSource

#if canImport(Glibc)
  import Glibc
#endif

/// The source files that are at hand, read once each. Nothing else of the host is looked at.
final class SourceLibrary {
  private var files: [String: SourceFile?] = [:]
  private var macroFiles: [String: Int?] = [:]
  /// The definitions of each macro, by the number of the file.
  private var macros: [String: [(file: Int, body: MacroBody)]] = [:]
  private let isEnabled: Bool

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// The file at the path that DWARF names (after `--source-prefix`); nil when it is not there, or its
  /// lines are numbered by `#line`.
  func file(_ path: String) -> SourceFile? {
    guard isEnabled else { return nil }
    if let known = files[path] { return known }
    let read = readFile(path).map { SourceFile(bytes: $0) }
    let file = read?.renumbersLines == true ? nil : read
    files[path] = .some(file)
    return file
  }

  /// A number for the file at a path, its macros read; nil when it is not there.
  func macroFile(_ path: String) -> Int? {
    guard isEnabled else { return nil }
    if let known = macroFiles[path] { return known }
    let bytes = files[path]??.bytes ?? readFile(path)
    let number = bytes == nil ? nil : macroFiles.count
    macroFiles[path] = .some(number)
    guard let bytes, let number else { return nil }
    for (name, body) in MacroBody.definitions(in: bytes) { macros[name, default: []].append((number, body)) }
    return number
  }

  /// What a macro does, all its definitions in the files taken together; nil when none of them defines it.
  func macro(_ name: String, in files: Set<Int>) -> MacroBody? {
    var result: MacroBody?
    for (file, body) in macros[name] ?? [] where files.contains(file) {
      if result?.merge(body) == nil { result = body }
    }
    return result
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
