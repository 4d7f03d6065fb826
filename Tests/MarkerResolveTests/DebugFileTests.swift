import Elfutils
import Foundation
import MarkerResolve
import MarkerScan
import SystemPackage
import Testing

/// Images whose debugging information is a file of its own, found by build id.
@Suite("separate debug files by build id", .serialized)
struct DebugFileTests {
  private let scratch: Scratch
  private let list: String
  private let program: String
  /// ".build-id/xx/yyyy.debug"
  private let place: String

  init() throws {
    scratch = try Scratch()
    list = try requests(in: "values.c")
    program = try Build(compiler: "gcc-12", options: ["-O2", "-g"])
      .compile("values.c", ["-no-pie", "-fno-pie", "-Wl,--build-id"], in: scratch)
    let id = try #require(try ElfFile.openSingle(FilePath(program)).buildID).map {
      String(format: "%02x", $0)
    }
    place = ".build-id/\(id[0])/\(id.dropFirst().joined()).debug"
    try run("objcopy", "--only-keep-debug", program, "whole.debug", in: scratch)
    // The symbol table stays, as in a kernel module: names of places come from it.
    try run("strip", "-g", program, "-o", "stripped", in: scratch)
  }

  private func resolveStripped(_ directories: [String]) throws -> [MarkerResolution] {
    let records = MarkerList(text: Array(list.utf8), path: "list").records
    let image = try ElfFile.openSingle(
      FilePath(scratch.path("stripped")), debugDirectories: directories.map { FilePath($0) })
    return try Resolver(image: image).resolve(records)
  }

  private func store(below directory: String) throws {
    let target = URL(filePath: directory).appending(path: place)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(filePath: scratch.path("whole.debug")), to: target)
  }

  @Test("below a directory that the user names")
  func named() throws {
    let directory = scratch.path("debug")
    try store(below: directory)
    #expect(try resolveStripped([directory]) == (try resolve(program, list)))
  }

  @Test("below /usr/lib/debug", .enabled(if: FileManager.default.isWritableFile(atPath: "/usr/lib/debug")))
  func system() throws {
    let target = URL(filePath: "/usr/lib/debug").appending(path: place)
    defer {
      try? FileManager.default.removeItem(at: target)
      // rmdir: a directory that holds other files stays.
      rmdir(target.deletingLastPathComponent().path)
    }
    try store(below: "/usr/lib/debug")
    #expect(try resolveStripped([]) == (try resolve(program, list)))
  }

  @Test("what is nowhere is an error that names the places that were tried")
  func nowhere() throws {
    let error = #expect(throws: ElfError.self) { try resolveStripped(["/nonexistent"]) }
    let words = try #require(error?.description)
    #expect(words.contains("cannot find debugging information"))
    #expect(words.contains("/nonexistent/\(place)") && words.contains("/usr/lib/debug/\(place)"))
    #expect(words.contains("--debug-dir"))
  }
}
