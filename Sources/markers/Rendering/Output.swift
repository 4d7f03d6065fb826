import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Why an answer could not be written.
struct OutputError: Error, CustomStringConvertible {
  let path: String
  /// What is wrong, lower case, no full stop.
  let reason: String

  var description: String { "\(path): cannot write: \(reason)" }
}

/// Writes to standard output; a reader that has gone away is success.
func writeToStandardOutput(_ text: String) throws(OutputError) {
  do {
    try FileDescriptor.standardOutput.writeAll(text.utf8)
  } catch Errno.brokenPipe {
    return
  } catch {
    throw OutputError(path: "standard output", reason: words(error))
  }
}

/// Writes to standard error, where nothing can be done about a failure.
func writeToStandardError(_ text: String) {
  ProgressLine.shared.clear()
  _ = try? FileDescriptor.standardError.writeAll(text.utf8)
}

/// Replaces a file as a whole: readers see the old contents or the new, never a part.
///
/// A device, a pipe or another special file is written in place, because a rename would replace it.
/// - Throws: when any step fails; the file is then as it was.
func writeAtomically(_ text: String, to path: FilePath) throws(OutputError) {
  do {
    let target = resolved(path)
    var status = stat()
    let exists = stat(target.string, &status) == 0
    if exists && status.st_mode & S_IFMT != S_IFREG {
      try writeInPlace(text, to: target)
    } else {
      try replace(target, with: text, mode: exists ? status.st_mode & 0o7777 : nil)
    }
  } catch {
    throw OutputError(path: path.string, reason: words(error))
  }
}

/// The file that a symbolic link leads to, so that the link itself stays.
private func resolved(_ path: FilePath) -> FilePath {
  guard let real = realpath(path.string, nil) else { return path }
  defer { free(real) }
  return FilePath(String(cString: real))
}

private func writeInPlace(_ text: String, to path: FilePath) throws {
  let file = try FileDescriptor.open(path, .writeOnly)
  try file.closeAfter { _ = try file.writeAll(text.utf8) }
}

private func replace(_ path: FilePath, with text: String, mode: mode_t?) throws {
  let temporary = path.removingLastComponent().appending(".\(path.lastComponent?.string ?? "").\(getpid())")
  let file = try FileDescriptor.open(
    temporary, .writeOnly, options: [.create, .exclusiveCreate],
    permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
  do {
    try file.closeAfter {
      if let mode { fchmod(file.rawValue, mode) }
      _ = try file.writeAll(text.utf8)
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
    guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
  } catch {
    unlink(temporary.string)
    throw error
  }
}

private func words(_ error: any Error) -> String {
  guard let code = error as? Errno else { return "\(error)" }
  return code.description.prefix(1).lowercased() + code.description.dropFirst()
}
