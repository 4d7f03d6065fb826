public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The C files below a directory.
public struct SourceTree: Sendable {
  /// Sorted, each path the directory's followed by the path below it.
  public let files: [FilePath]
  /// The directories that could not be read, sorted.
  public let errors: [InputError]

  /// Lists the C and C++ sources and headers below a directory; a file is listed itself, whatever its name.
  ///
  /// Symbolic links are not followed and hidden directories not entered, so that a tree is listed once.
  public init(_ root: FilePath) {
    var files: [FilePath] = []
    var errors: [InputError] = []
    var pending: [FilePath] = []
    switch Self.kind(of: root, followsLinks: true) {
    case .success(.directory): pending = [root]
    case .success(.file), .success(.other): files = [root]
    case .failure(let error): errors = [error]
    }
    while let directory = pending.popLast() {
      do throws(InputError) {
        for name in try Self.names(in: directory) {
          let path = directory.appending(name)
          switch Self.kind(of: path, followsLinks: false) {
          case .success(.directory): if !name.hasPrefix(".") { pending.append(path) }
          case .success(.file): if Self.isSource(name) { files.append(path) }
          case .success(.other): continue
          case .failure(let error): errors.append(error)
          }
        }
      } catch {
        errors.append(error)
      }
    }
    self.files = files.sorted { $0.string < $1.string }
    self.errors = errors.sorted { $0.path.string < $1.path.string }
  }

  private enum Kind {
    case directory, file, other
  }

  private static func kind(of path: FilePath, followsLinks: Bool) -> Result<Kind, InputError> {
    var status = stat()
    let answer = followsLinks ? stat(path.string, &status) : lstat(path.string, &status)
    guard answer == 0 else { return .failure(failure("open", path)) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .success(.directory)
    case S_IFREG: return .success(.file)
    default: return .success(.other)
    }
  }

  private static func names(in directory: FilePath) throws(InputError) -> [String] {
    guard let stream = opendir(directory.string) else { throw failure("list", directory) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func failure(_ operation: String, _ path: FilePath) -> InputError {
    let words = String(cString: strerror(errno))
    return InputError(
      operation: operation, path: path, reason: words.prefix(1).lowercased() + words.dropFirst())
  }

  private static let suffixes: Set<String> = ["c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "inc"]

  private static func isSource(_ name: String) -> Bool {
    name.lastIndex(of: ".").map { suffixes.contains(String(name[name.index(after: $0)...])) } ?? false
  }
}
