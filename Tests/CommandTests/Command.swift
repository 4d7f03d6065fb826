import Foundation
import Testing

/// A finished run of a program.
struct Run {
  let status: Int32
  let output: String
  let errors: String

  var lines: [Substring] { output.split(separator: "\n") }
}

/// The checkout, from this file's place in it.
let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The built `markers`, which lies beside the test bundle.
let markersProgram: URL = {
  let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
  return URL(filePath: bundle).deletingLastPathComponent().appending(path: "markers")
}()

/// Runs `markers`, by default in the checkout and without colours.
func markers(
  _ arguments: String..., in directory: URL = checkout, environment: [String: String] = [:]
) throws -> Run {
  try run(markersProgram, arguments, in: directory, environment: environment)
}

/// Runs a program and reads what it writes, both streams at once so that neither blocks.
func run(
  _ program: URL, _ arguments: [String], in directory: URL = checkout, environment: [String: String] = [:]
) throws -> Run {
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.currentDirectoryURL = directory
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
  let files = try ["output", "errors"].map { name in
    let file = FileManager.default.temporaryDirectory.appending(path: "markers-\(UUID().uuidString).\(name)")
    try Data().write(to: file)
    return file
  }
  defer { for file in files { try? FileManager.default.removeItem(at: file) } }
  process.standardOutput = try FileHandle(forWritingTo: files[0])
  process.standardError = try FileHandle(forWritingTo: files[1])
  process.standardInput = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  #expect(process.terminationReason == .exit, "the program was ended by a signal")
  return Run(
    status: process.terminationStatus,
    output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
    errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
}

/// A directory that is removed when the test is done.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "markers-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
    return path(name)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}

/// The example program, compiled once for all tests.
let example: Result<String, any Error> = Result {
  let scratch = try Scratch()
  exampleDirectory = scratch
  let compiled = try run(
    URL(filePath: "/usr/bin/make"),
    ["-s", "-C", "Fixtures/example", "CC=gcc", "BUILD=\(scratch.url.path)"])
  try #require(compiled.status == 0, "\(compiled.errors)")
  return scratch.path("example")
}

nonisolated(unsafe) private var exampleDirectory: Scratch?
