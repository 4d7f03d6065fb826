import Foundation
import Testing

@Suite("where answers go")
struct OutputTests {
  @Test("a file is replaced as a whole and keeps its mode")
  func file() throws {
    let scratch = try Scratch()
    let path = try scratch.write("answer", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let run = try markers("explain", "--list", "-o", path)
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(try scratch.read("answer").hasPrefix("M0"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try scratch.names == ["answer"])
  }

  @Test("a symbolic link stays a link")
  func link() throws {
    let scratch = try Scratch()
    try scratch.write("target", "old")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link"), withDestinationPath: scratch.path("target"))
    #expect(try markers("explain", "--list", "-o", scratch.path("link")).status == 0)
    #expect(try scratch.read("target").hasPrefix("M0"))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link")).hasSuffix("target"))
  }

  @Test("what cannot be written is an error, and nothing is left behind")
  func unwritable() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path("directory"), withIntermediateDirectories: false)
    for path in [scratch.path("none/answer"), scratch.path("directory")] {
      let run = try markers("explain", "--list", "-o", path)
      #expect(run.status == 2)
      #expect(run.errors.hasPrefix("markers: error: \(path): cannot write: "))
    }
    #expect(try scratch.names == ["directory"])
  }

  @Test("a full device is an error")
  func full() throws {
    let run = try shell("\"$MARKERS\" explain --list > /dev/full")
    #expect(run.status == 2)
    #expect(run.errors == "markers: error: standard output: cannot write: no space left on device\n")
  }

  @Test("a full device is an error for every answer", arguments: ["scan", "resolve", "lint", "emit"])
  func fullAnswers(_ command: String) throws {
    let program = try example.get()
    for target in ["> /dev/full", "-o /dev/full", ">&-"] {
      let run = try shell("\"$MARKERS\" \(command) '\(program)' \(target)")
      #expect(run.status == 2, "\(target)")
      #expect(run.errors.contains("cannot write: "))
    }
  }

  @Test("a reader that goes away is success")
  func brokenPipe() throws {
    let run = try shell(
      "set -o pipefail; \"$MARKERS\" explain --document | true; \"$MARKERS\" explain --list | head -1")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }

  @Test("colours come on request only")
  func colors() throws {
    let arguments = ["resolve", "/nonexistent"]
    #expect(!(try markers(arguments[0], arguments[1]).errors.contains("\u{1B}")))
    #expect(
      try markers(arguments[0], arguments[1], "--color", "always").errors.contains("\u{1B}[1;31merror:"))
    #expect(try markers(arguments[0], arguments[1], "--color", "sometimes").status == 64)
  }

  private func shell(_ script: String) throws -> Run {
    try run(
      URL(filePath: "/bin/bash"), ["-c", script], environment: ["MARKERS": markersProgram.path])
  }
}
