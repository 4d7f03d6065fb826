import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The running kernel's debug image, as a debug package installs it, in a mount namespace of its own.
@Suite("without FILE")
struct KernelImageTests {
  /// Runs `markers resolve` in an empty directory where /usr/lib/debug is the directory given.
  private static func resolve(debug: String, in scratch: Scratch) throws -> Run {
    let script = """
      mkdir -p empty && mount --bind "$1" /usr/lib/debug && cd empty && exec "$2" resolve --format json
      """
    return try run(
      URL(filePath: "/usr/bin/unshare"),
      ["--map-root-user", "--mount", "sh", "-c", script, "sh", debug, markersProgram.path], in: scratch.url)
  }

  /// Whether this machine lets a user mount something over /usr/lib/debug.
  static let canMount: Bool = {
    guard let scratch = try? Scratch(), let answer = try? resolve(debug: scratch.url.path, in: scratch) else {
      return false
    }
    return answer.status == 64
  }()

  private static let release: String = {
    var names = utsname()
    uname(&names)
    return withUnsafeBytes(of: &names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }()

  @Test(
    "the running kernel's debug image is taken, where Debian and where Fedora have it",
    .enabled(if: canMount, "no mount namespace here"),
    arguments: ["boot/vmlinux-\(release)", "lib/modules/\(release)/vmlinux"])
  func debugImage(_ place: String) throws {
    let scratch = try Scratch()
    let image = scratch.url.appending(path: place)
    try FileManager.default.createDirectory(
      at: image.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: try example.get(), toPath: image.path)
    let answer = try Self.resolve(debug: scratch.url.path, in: scratch)
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.contains("\"image\": \"/usr/lib/debug/\(place)\""))
  }

  @Test("and named when it is not there", .enabled(if: canMount, "no mount namespace here"))
  func none() throws {
    let scratch = try Scratch()
    let answer = try Self.resolve(debug: scratch.url.path, in: scratch)
    #expect(answer.status == 64 && answer.output.isEmpty)
    #expect(
      answer.errors.contains(
        """
        no FILE was given, and there is none of 'vmlinux', '/usr/lib/debug/boot/vmlinux-\(Self.release)', \
        '/usr/lib/debug/lib/modules/\(Self.release)/vmlinux'
        """))
  }
}
