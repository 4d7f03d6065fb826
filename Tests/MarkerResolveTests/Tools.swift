import Elfutils
import Foundation
import MarkerResolve
import MarkerScan
import SystemPackage
import Testing

/// The checkout, from this file's place in it.
let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A directory that is removed when the test is done.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "markers-resolve-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
  }
}

/// Runs a program of the system to its end and returns what it wrote.
@discardableResult
func run(_ arguments: String..., in scratch: Scratch) throws -> String {
  try run(arguments, in: scratch)
}

@discardableResult
func run(_ arguments: [String], in scratch: Scratch) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = arguments
  process.currentDirectoryURL = scratch.url
  let output = scratch.url.appending(path: "output-\(UUID().uuidString)")
  try Data().write(to: output)
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = process.standardOutput
  process.standardInput = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
  #expect(process.terminationStatus == 0, "\(arguments.joined(separator: " ")): \(text)")
  return text
}

/// The marker list that a fixture's "at:" comments make.
func requests(in fixture: String) throws -> String {
  let text = try String(
    contentsOf: checkout.appending(path: "Fixtures/resolve/\(fixture)"), encoding: .utf8)
  var lines: [String] = []
  for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    guard let match = line.firstMatch(of: /\/\* at: (.*) \*\//) else { continue }
    lines.append("t:line\(index + 1) \(fixture):\(index + 1) \(match.output.1)")
  }
  return lines.joined(separator: "\n")
}

/// Resolves a list against an image.
func resolve(_ image: String, _ list: String, options: ResolveOptions = ResolveOptions()) throws
  -> [MarkerResolution]
{
  let records = MarkerList(text: Array(list.utf8), path: "list").records
  return try Resolver(image: try ElfFile.openSingle(FilePath(image)), options: options).resolve(records)
}
