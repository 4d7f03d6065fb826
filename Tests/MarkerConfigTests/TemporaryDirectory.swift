import Foundation
import SystemPackage

/// A directory that is removed with the value that names it.
final class TemporaryDirectory {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "markers-config-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  func write(_ text: String, to name: String) throws -> FilePath {
    let file = path.pushing(FilePath(name))
    try text.write(toFile: file.string, atomically: false, encoding: .utf8)
    return file
  }

  func directory(_ name: String) throws -> FilePath {
    let directory = path.pushing(FilePath(name))
    try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
    return directory
  }
}
