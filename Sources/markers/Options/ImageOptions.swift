import ArgumentParser
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The images that a command works on.
struct ImageOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An ELF image: vmlinux, a module, an object, a program. Default: ./vmlinux, else the debug image of the running kernel.",
      valueName: "file"))
  var files: [String] = []

  /// The images to open, in the order given.
  ///
  /// - Throws: a usage error when none was given and neither default exists.
  func paths() throws -> [FilePath] {
    if !files.isEmpty { return files.map { FilePath($0) } }
    let defaults = Self.defaults()
    guard let found = defaults.first(where: { access($0.string, F_OK) == 0 }) else {
      let tried = defaults.map { "'\($0)'" }.joined(separator: " and ")
      throw ValidationError("no FILE was given, and there is no \(tried)")
    }
    return [found]
  }

  /// `./vmlinux`, then the running kernel's debug image as Debian and Fedora install it.
  private static func defaults() -> [FilePath] {
    var paths: [FilePath] = ["vmlinux"]
    if let release = kernelRelease() {
      paths.append(FilePath("/usr/lib/debug/boot/vmlinux-\(release)"))
      paths.append(FilePath("/usr/lib/debug/lib/modules/\(release)/vmlinux"))
    }
    return paths
  }
}

/// The release of the running kernel as `uname -r` prints it; nil when the system does not say.
func kernelRelease() -> String? {
  var names = utsname()
  guard uname(&names) == 0 else { return nil }
  return withUnsafeBytes(of: &names.release) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
