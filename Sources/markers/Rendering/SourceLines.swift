import MarkerResolve
import MarkerScan
import Synchronization
import SystemPackage

/// The source lines of markers, each file read once.
final class SourceLines: Sendable {
  /// The lines of a file by its path; nil for a file that is not at hand.
  private let files = Mutex<[String: [String]?]>([:])

  /// The marker's line without its end; nil when the source is not at hand or shorter.
  @Sendable func line(_ resolution: MarkerResolution) -> String? {
    guard let path = resolution.sourcePath ?? resolution.record.sourcePath?.string else { return nil }
    let lines = files.withLock { files in
      if let known = files[path] { return known }
      let read = Self.read(path)
      files.updateValue(read, forKey: path)
      return read
    }
    let index = resolution.record.line - 1
    guard let lines, lines.indices.contains(index) else { return nil }
    return lines[index]
  }

  private static func read(_ path: String) -> [String]? {
    guard let bytes = try? TextFile.read(FilePath(path)) else { return nil }
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }
}
