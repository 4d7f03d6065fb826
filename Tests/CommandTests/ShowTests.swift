import Foundation
import Testing

@Suite("markers show")
struct ShowTests {
  private let fixtures = checkout.appending(path: "Fixtures/example").path

  @Test("shows source, rows, arguments, variables, code and graph, the same each time")
  func everything() throws {
    let program = try example.get()
    let run = try markers("show", "example:done", program)
    #expect(run.status == 0 && run.errors.isEmpty)
    let text = run.output
    #expect(text.hasPrefix("example:done  example.c:46  ok  1 site\n"))
    #expect(text.contains(/\n  >    46 \|  +MARKER\(done, .*\+0x[0-9a-f]+\n/))
    #expect(text.contains(/\n  -    45 \|  +dispatched\+\+;/))
    #expect(text.contains(/\n  \+    47 \|  +device->busy = 0;/))
    #expect(text.contains("  before it: expression, 45:2 to 45:14\n"))
    #expect(text.contains(/\n    0x[0-9a-f]+  \+0x[0-9a-f]+ +46:2 +is_stmt  view 1\n/))
    #expect(text.contains(/\n    chosen   the marker's own is_stmt row, line 46: \+0x[0-9a-f]+\/1\n/))
    #expect(text.contains("\n    agrees   the begin of the next statement, line 47: "))
    #expect(text.contains(/\n    holds    passed as often as \+0x[0-9a-f]+/))
    #expect(text.contains(/\n    sum +\+0x[0-9a-f]+\.\.\+0x[0-9a-f]+ %/))
    #expect(text.contains(/\n      => 0x[0-9a-f]+  \+0x[0-9a-f]+ +[a-z]/))
    #expect(text.contains(/\n      => block \d+ .* from .* to [0-9]/))
    #expect(text.contains(/call 0x[0-9a-f]+  <checksum/))
    #expect(!text.contains("\u{1B}"))
    #expect(try markers("show", "done", program).output == text)
  }

  @Test("the disassembly is the one that objdump gives")
  func disassembly() throws {
    let program = try example.get()
    let shown = try markers("show", "done", program).output.matches(
      of: /\n +(?:=> )?0x([0-9a-f]+)  \+0x[0-9a-f]+ +([a-z]+)/)
    let objdump = try run(
      URL(filePath: "/usr/bin/objdump"), ["-d", "-M", "intel", "--no-show-raw-insn", program])
    var mnemonics: [String: String] = [:]
    for line in objdump.lines {
      guard let match = line.firstMatch(of: /^ +([0-9a-f]+):\t([a-z]+)/) else { continue }
      mnemonics[String(match.1)] = String(match.2)
    }
    #expect(shown.count > 10)
    for match in shown { #expect(mnemonics[String(match.1)] == String(match.2), "at \(match.1)") }
  }

  @Test("says so when the source is not at hand")
  func noSource() throws {
    let run = try markers(
      "show", "done", try example.get(), "--source-prefix", "\(fixtures)=/nonexistent")
    #expect(run.status == 0)
    #expect(run.output.contains("source  /nonexistent/example.c is not at hand\n"))
    #expect(run.output.contains("say where it lies with --source-prefix FROM=TO"))
    #expect(run.output.contains("doubt    the source is not at hand\n"))
    #expect(!run.output.contains("MARKER("))
  }

  @Test("shows each body of an inlined function, with the calls around it")
  func inlined() throws {
    let run = try markers("show", "fits", try example.get())
    #expect(run.output.contains(/\nbody  'request_fits', inlined into 'dispatch' < request_fits \(/))
  }

  @Test("a name that no marker has is an error")
  func unknown() throws {
    let run = try markers("show", "nothing", try example.get())
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("no marker of that name"))
  }

  @Test("colours are for terminals, and NO_COLOR refuses them")
  func colors() throws {
    let program = try example.get()
    let plain = try markers("show", "done", program).output
    func onTerminal(_ environment: [String: String]) throws -> String {
      let command = "\"$MARKERS\" show done '\(program)'"
      let run = try run(
        URL(filePath: "/usr/bin/script"), ["-qec", command, "/dev/null"],
        environment: ["MARKERS": markersProgram.path, "TERM": "xterm", "NO_COLOR": ""].merging(environment) {
          $1
        })
      #expect(run.status == 0)
      return run.output.replacing("\r\n", with: "\n")
    }
    let colored = try onTerminal([:])
    #expect(colored.contains("\u{1B}[1;32m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    #expect(try onTerminal(["NO_COLOR": "1"]) == plain)
    #expect(try markers("show", "done", program, "--color", "always").output == colored)
  }
}
