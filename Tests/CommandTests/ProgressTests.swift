import Foundation
import Testing

@Suite("progress")
struct ProgressTests {
  /// Runs a command whose list comes through a pipe, two seconds late.
  private func slowly(
    _ command: String, onTerminal: Bool, environment: [String: String] = [:]
  ) throws -> Run {
    let scratch = try Scratch()
    let program = try example.get()
    let call = "\"$MARKERS\" \(command) --markers '\(scratch.path("list"))' '\(program)'"
    let started = onTerminal ? "script -qec \"$CALL\" /dev/null" : "eval \"$CALL\""
    let script = "mkfifo '\(scratch.path("list"))'; (sleep 2; echo) > '\(scratch.path("list"))' & \(started)"
    return try run(
      URL(filePath: "/bin/bash"), ["-c", script],
      environment: ["MARKERS": markersProgram.path, "CALL": call, "TERM": "xterm"].merging(environment) { $1 }
    )
  }

  @Test(
    "a terminal is told after a second, and the line is wiped",
    arguments: ["resolve", "lint", "emit", "report --html /dev/null"])
  func terminal(_ command: String) throws {
    let told = try slowly("\(command) > /dev/null", onTerminal: true).output
    #expect(told.contains("\r\u{1B}[Kmarkers: reading "), "\(told)")
    let last = try #require(told.range(of: "\r\u{1B}[K", options: .backwards))
    #expect(!told[last.upperBound...].contains("reading"))
  }

  @Test("a pipe and a dumb terminal are told nothing")
  func silence() throws {
    #expect(try slowly("emit", onTerminal: false).errors.isEmpty)
    let dumb = try slowly("emit > /dev/null", onTerminal: true, environment: ["TERM": "dumb"])
    #expect(dumb.output.isEmpty)
  }

  @Test("quick work is done without a word")
  func quick() throws {
    let call = "\"$MARKERS\" emit '\(try example.get())' > /dev/null"
    let run = try run(
      URL(filePath: "/usr/bin/script"), ["-qec", call, "/dev/null"],
      environment: ["MARKERS": markersProgram.path, "TERM": "xterm"])
    #expect(run.output.isEmpty)
  }
}
