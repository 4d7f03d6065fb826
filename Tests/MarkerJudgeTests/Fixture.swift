import Elfutils
import Foundation
import SystemPackage
import Testing

/// The sources and the kernels' answers in Fixtures/verdicts.
enum Fixture {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/verdicts")

  /// The rows of a CSV without quoted fields, by column names.
  static func rows(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
  }

  /// Assembles a source of the directory and gives the image to the body.
  static func withImage<Result>(
    _ source: String, _ command: [String], _ body: (ElfImage) throws -> Result
  ) throws -> Result {
    try withFile(source, command) { try body(ElfFile.openSingle(FilePath($0.path))) }
  }

  /// Assembles a source of the directory and gives the file to the body.
  static func withFile<Result>(
    _ source: String, _ command: [String], _ body: (URL) throws -> Result
  ) throws -> Result {
    let output = FileManager.default.temporaryDirectory.appending(path: "markers-judge-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command + ["-o", output.path, directory.appending(path: source).path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try body(output)
  }

  /// Whether a program is installed: a compiler that is not makes no test.
  static func has(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  /// The vmlinux of a Debian kernel where Tests/Oracle/fetch.sh puts it; nil when it is not there.
  static func vmlinux(_ kernel: String) -> FilePath? {
    let environment = ProcessInfo.processInfo.environment
    let kernels = environment["MARKERS_KERNELS"] ?? "\(environment["HOME"] ?? "")/.cache/markers-kernels"
    let boot = "\(kernels)/\(kernel)/usr/lib/debug/boot"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: boot)) ?? []
    return names.sorted().first { $0.hasPrefix("vmlinux-") }.map { FilePath("\(boot)/\($0)") }
  }
}
