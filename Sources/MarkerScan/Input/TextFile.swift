public import SystemPackage

/// Reading whole text files, with a limit.
public enum TextFile {
  /// The largest text file that is read: no C file or marker list is near it.
  public static let byteLimit = 256 << 20

  /// The bytes of a file; `-` is standard input.
  ///
  /// - Throws: when the file cannot be opened or read, is a directory, or is larger than `byteLimit`.
  public static func read(_ path: FilePath) throws(InputError) -> [UInt8] {
    if path == "-" { return try readAll(.standardInput, path: path) }
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly)
    } catch {
      throw InputError(operation: "open", path: path, reason: words(error), remedy: remedy(error))
    }
    defer { try? file.close() }
    return try readAll(file, path: path)
  }

  /// Whether the file's first byte is `byte`; not for standard input, which cannot be read again.
  ///
  /// - Throws: when the file cannot be opened or read.
  public static func begins(_ path: FilePath, with byte: UInt8) throws(InputError) -> Bool {
    do {
      let file = try FileDescriptor.open(path, .readOnly)
      return try file.closeAfter {
        var first: UInt8 = 0
        let count = try withUnsafeMutableBytes(of: &first) { try file.read(into: $0) }
        return count == 1 && first == byte
      }
    } catch {
      throw InputError(operation: "open", path: path, reason: words(error), remedy: remedy(error))
    }
  }

  private static func readAll(_ file: FileDescriptor, path: FilePath) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece: [UInt8]
      do {
        // Without zeroing: a source tree has many files that are much smaller than the piece.
        piece = try [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
          count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch {
        throw InputError(
          operation: "read", path: path, offset: UInt64(bytes.count), reason: words(error))
      }
      if piece.isEmpty { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      guard bytes.count <= byteLimit else {
        throw InputError(
          operation: "read", path: path, offset: UInt64(byteLimit),
          reason: "the file is larger than \(byteLimit >> 20) MiB")
      }
    }
  }

  private static func words(_ error: any Error) -> String {
    guard let code = error as? Errno else { return "\(error)" }
    return code.description.prefix(1).lowercased() + code.description.dropFirst()
  }

  private static func remedy(_ error: any Error) -> String? {
    switch error as? Errno {
    case .noSuchFileOrDirectory: "check the path"
    case .permissionDenied: "check the permissions, or run as a user who may read it"
    default: nil
    }
  }
}
