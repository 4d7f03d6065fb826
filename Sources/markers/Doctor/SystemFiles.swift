import MarkerScan
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The files by which a system describes itself, below a root directory.
struct SystemFiles {
  let root: FilePath

  /// Where an absolute path of the system lies.
  func path(_ path: String) -> FilePath {
    root.string == "/" ? FilePath(path) : root.pushing(FilePath(path).removingRoot())
  }

  func exists(_ path: String) -> Bool { FileSystem.exists(self.path(path)) }

  func isWritable(_ path: String) -> Bool { access(self.path(path).string, W_OK) == 0 }

  /// The bytes of a file; nil when it cannot be read.
  func bytes(_ path: String) -> [UInt8]? { try? TextFile.read(self.path(path)) }

  /// The text of a file without blanks and newlines at its end; nil when it cannot be read.
  func text(_ path: String) -> String? {
    guard var bytes = bytes(path) else { return nil }
    while let last = bytes.last, last == 0x0a || last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The release of the running kernel; nil when the system does not say.
  var release: String? { text("/proc/sys/kernel/osrelease") }

  /// The build id of the running kernel in hexadecimal; nil when the system does not say.
  var kernelBuildID: String? { bytes("/sys/kernel/notes").flatMap(BuildIDNote.find) }

  /// Where a file system of a type is mounted first (proc(5), /proc/PID/mounts); nil when it is not.
  func mountPoint(ofType type: String) -> String? {
    for line in (text("/proc/self/mounts") ?? "").split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count > 2, fields[2] == type { return String(fields[1]) }
    }
    return nil
  }

  /// The distribution's ID and those that it is like (os-release(5)), the nearest first; may be empty.
  var distributions: [String] {
    let lines = (text("/etc/os-release") ?? text("/usr/lib/os-release") ?? "").split(separator: "\n")
    return ["ID=", "ID_LIKE="].flatMap { key in
      lines.first { $0.hasPrefix(key) }.map { line in
        line.dropFirst(key.count).filter { $0 != "\"" && $0 != "'" }.split(separator: " ").map(String.init)
      } ?? []
    }
  }
}

/// The build id in ELF notes (`NT_GNU_BUILD_ID`, elf.h).
enum BuildIDNote {
  /// In hexadecimal; nil when the notes hold none. Any bytes may be given.
  static func find(_ bytes: [UInt8]) -> String? {
    var offset = 0
    while let note = Note(bytes, at: offset) {
      if note.type == 3 && note.name.elementsEqual(Array("GNU\0".utf8)) {
        return note.content.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }
      offset = note.end
    }
    return nil
  }

  /// One note: sizes of name and content, type, then both, each padded to four bytes.
  private struct Note {
    let type: Int
    let name: ArraySlice<UInt8>
    let content: ArraySlice<UInt8>
    let end: Int

    init?(_ bytes: [UInt8], at offset: Int) {
      guard bytes.count - offset >= 12 else { return nil }
      // The kernels that probes are made for here are of the machine's own byte order, which is little endian.
      func word(_ index: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[offset + index * 4 + $1]) << ($1 * 8) }
      }
      let (nameCount, contentCount) = (word(0), word(1))
      type = word(2)
      let nameStart = offset + 12
      guard nameCount <= bytes.count - nameStart else { return nil }
      let contentStart = nameStart + (nameCount + 3) / 4 * 4
      guard contentStart <= bytes.count, contentCount <= bytes.count - contentStart else { return nil }
      name = bytes[nameStart..<(nameStart + nameCount)]
      content = bytes[contentStart..<(contentStart + contentCount)]
      end = contentStart + (contentCount + 3) / 4 * 4
    }
  }
}
