import ArgumentParser
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The images that a command works on.
struct ImageOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "ELF images: vmlinux, modules, objects, archives, programs. Default: ./vmlinux, else the debug image of the running kernel.",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  /// The images to open, in the order given.
  ///
  /// - Throws: a usage error when none was given and no default exists.
  func paths() throws -> [FilePath] {
    files.isEmpty ? [try defaultImage()] : files.map { FilePath($0) }
  }
}

/// The one image that a command works on.
struct SingleImageOption: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An ELF image: vmlinux, a module, an object, a program. Default: ./vmlinux, else the debug image of the running kernel.",
      valueName: "file"),
    completion: .file())
  var file: String?

  /// The image to open.
  ///
  /// - Throws: a usage error when none was given and no default exists.
  func path() throws -> FilePath {
    try file.map { FilePath($0) } ?? defaultImage()
  }
}

/// The first of `./vmlinux` and the running kernel's debug image, as Debian and Fedora install it, that exists.
private func defaultImage() throws -> FilePath {
  var paths: [FilePath] = ["vmlinux"]
  if let release = kernelRelease() {
    paths.append(FilePath("/usr/lib/debug/boot/vmlinux-\(release)"))
    paths.append(FilePath("/usr/lib/debug/lib/modules/\(release)/vmlinux"))
  }
  if let found = paths.first(where: { access($0.string, F_OK) == 0 }) { return found }
  let tried = paths.map { "'\($0)'" }.joined(separator: ", ")
  throw ValidationError("no FILE was given, and there is none of \(tried)")
}

/// The release of the running kernel as `uname -r` prints it; nil when the system does not say.
func kernelRelease() -> String? {
  var names = utsname()
  guard uname(&names) == 0 else { return nil }
  return withUnsafeBytes(of: &names.release) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
