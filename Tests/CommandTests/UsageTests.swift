import Foundation
import Testing

@Suite("command lines and inputs that are wrong")
struct UsageTests {
  @Test(
    "a wrong command line is 64 and says nothing on standard output",
    arguments: [
      ["nonsense"], ["lint", "--least", "loud", "x"], ["lint", "--deny", "M999", "x"],
      ["lint", "--deny", "M402", "--allow", "M402", "x"],
      ["resolve", "--source-prefix", "a", "x"], ["resolve", "--source-prefix", "=b", "x"],
      ["resolve", "--format", "xml", "x"], ["resolve", "a", "b"], ["emit", "--nonsense", "x"],
    ])
  func usage(arguments: [String]) throws {
    let run = try run(markersProgram, arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Error: "))
  }

  @Test("./vmlinux is the default")
  func vmlinux() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: try example.get(), toPath: scratch.path("vmlinux"))
    let run = try markers("resolve", "--format", "json", in: scratch.url)
    #expect(run.status == 0)
    #expect(run.output.contains("\"image\": \"vmlinux\""))
  }

  @Test("every command takes lists", arguments: ["scan", "resolve", "lint", "emit"])
  func lists(command: String) throws {
    let scratch = try Scratch()
    let list = try scratch.write("list", "mk:listed example.c:43 sum\n")
    let run = try markers(command, "--markers", list, try example.get())
    #expect(run.status == 0)
    #expect(
      (run.output + run.errors).contains(
        command == "emit" ? "mk/listed" : command == "lint" ? "7 markers" : "mk:listed"))
  }

  @Test("a bad input is told, and the run goes on", arguments: ["lint", "emit"])
  func badInputs(command: String) throws {
    let scratch = try Scratch()
    let text = try scratch.write("text", "no ELF file")
    let program = try example.get()
    let run = try markers(command, scratch.path("none"), text, scratch.url.path, program)
    #expect(run.status == 2)
    #expect(run.errors.contains("\(scratch.path("none")): cannot open: no such file or directory"))
    #expect(run.errors.contains("\(text): cannot "))
    #expect(run.errors.contains("\(scratch.url.path): cannot open: not a regular file"))
    #expect(!run.output.isEmpty || command == "lint")
  }

  @Test("a bad line of a list is told with line and column, and the others count")
  func badList() throws {
    let scratch = try Scratch()
    let list = try scratch.write("list", "# markers\nbad line\nmk:a example.c:43 sum\n")
    let emitted = try markers("emit", "--markers", list, try example.get())
    #expect(emitted.status == 2)
    #expect(emitted.errors.hasPrefix("\(list):2:1: error: "))
    #expect(emitted.output.contains("mk:a example.c:43"))
    let linted = try markers("lint", "--markers", list, try example.get())
    #expect(linted.status == 1)
    #expect(linted.output.hasPrefix("\(list):2:1: error: "))
    #expect(try markers("lint", "--markers", list, "--allow", "list-syntax", try example.get()).status == 0)
  }

  @Test(
    "help and version are no errors",
    arguments: [["--help"], ["--version"], ["help", "lint"], ["lint", "--help"]])
  func help(arguments: [String]) throws {
    let run = try run(markersProgram, arguments)
    #expect(run.status == 0)
    #expect(!run.output.isEmpty)
  }

  @Test("completion scripts are made", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let run = try markers("--generate-completion-script", shell)
    #expect(run.status == 0)
    #expect(run.output.contains("markers"))
  }
}
