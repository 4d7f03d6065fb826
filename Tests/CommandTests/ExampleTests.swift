import Foundation
import Testing

/// Runs the commands on the example program, as README.md shows them.
@Suite("the example")
struct ExampleTests {
  private struct Report: Decodable {
    struct Marker: Decodable {
      let name: String
      let file: String
      let status: String
      let sites: [Site]
    }
    struct Site: Decodable {
      let address: String
      let function: String
      let copy: String
      let definition: String?
      let arguments: [Argument]
    }
    struct Argument: Decodable {
      let name: String
      let fetch: String?
      let type: String?
      let status: String
    }
    let version: Int
    let image: String
    let markers: [Marker]
  }

  private func report() throws -> Report {
    let run = try markers("resolve", "--format", "json", try example.get())
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
  }

  @Test("resolve finds every marker, the inlined one twice")
  func resolve() throws {
    let report = try report()
    #expect(report.markers.map(\.name) == ["checksum_byte", "dispatch", "done", "fits", "refused", "round"])
    let certain = report.markers.filter { $0.status == "ok" }.map(\.name)
    #expect(Set(certain).isSuperset(of: ["dispatch", "done", "fits", "round"]))
    let fits = report.markers[3]
    #expect(fits.file.hasSuffix("queue.h"))
    #expect(fits.sites.map(\.copy) == ["inlined"])
    #expect(fits.sites.map(\.function) == ["request_fits"])
    #expect(fits.sites[0].arguments.map(\.name) == ["length", "limit"])
  }

  @Test("the JSON keeps its schema")
  func schema() throws {
    let scratch = try Scratch()
    let list = try scratch.write(
      "list", "bad\nmk:none none.c:1 x\nmk:enable example.c:43 request->none, sizeof(sum)\n")
    for extra in [[], ["--markers", list]] {
      let output = try run(markersProgram, ["resolve", "--format", "json", try example.get()] + extra).output
      let file = try scratch.write("report.json", output)
      let schema = checkout.appending(path: "Docs/resolve.schema.json").path
      let check = try run(URL(filePath: "/usr/bin/python3"), ["-m", "jsonschema", "-i", file, schema])
      #expect(check.status == 0, "\(check.errors)")
    }
  }

  @Test("two runs give the same bytes", arguments: ["emit", "lint"])
  func deterministic(command: String) throws {
    let first = try markers(command, try example.get())
    let second = try markers(command, try example.get())
    #expect(first.output == second.output && first.errors == second.errors)
    #expect((first.output + first.errors).contains("6 markers"))
  }

  @Test("emit writes uprobe definitions at file offsets")
  func emit() throws {
    let program = try example.get()
    let run = try markers("emit", "--approximate", program)
    #expect(run.status == 0)
    let definitions = run.lines.filter { !$0.hasPrefix("#") }
    #expect(definitions.count >= 4)
    let form = try Regex("p:example/[a-z_]+ \(program):0x[0-9a-f]+( [a-z_]+=[^ ]+:[a-z0-9@/\\[\\]]+)*")
    for line in definitions { #expect(line.wholeMatch(of: form) != nil, "\(line)") }
    #expect(!run.output.contains("\n\n"))
    let moved = try markers("emit", "--approximate", "--target-path", "/opt/example", program)
    #expect(moved.output.contains(" /opt/example:0x"))
    #expect(
      try markers("emit", "--target-path", "/opt/my example", program).output.contains(
        "# skipped example:done"))
  }

  @Test("lint is clean")
  func lint() throws {
    let run = try markers("lint", try example.get())
    #expect(run.status == 0)
    #expect(run.errors.contains("markers: 6 markers: "))
  }

  @Test("levels change what lint says and how it ends")
  func levels() throws {
    let scratch = try Scratch()
    let list = try scratch.write("list", "mk:enable example.c:43\n")
    let program = try example.get()
    #expect(try markers("lint", "--markers", list, program).status == 1)
    let warned = try markers("lint", "--markers", list, "--warn", "event-name-reserved", program)
    #expect(warned.status == 0)
    #expect(warned.output.contains("example.c:43: warning: marker 'mk:enable': the name 'enable' is a file"))
    let strict = try markers("lint", "--markers", list, "--warn", "M402", "--deny", "warnings", program)
    let expected = "example.c:43: warning: marker 'mk:enable'"
    #expect(strict.output.contains(expected))
    #expect(!strict.output.replacing(expected, with: "").contains(": warning: "))
    let allowed = try markers("lint", "--markers", list, "--allow", "M402", "--format", "json", program)
    #expect(allowed.status == 0)
    #expect(!allowed.output.contains("M402"))
    let warnings = try markers("lint", "--least", "warning", "--quiet", program)
    #expect(!warnings.output.contains(": note: "))
    #expect(warnings.errors == "")
    let hidden = try markers("lint", "--markers", list, "--warn", "M402", "--least", "error", program)
    #expect(hidden.status == 0)
    #expect(hidden.output == "")
  }

  @Test("an object has no place in a kernel, but can be linted")
  func object() throws {
    let scratch = try Scratch()
    let object = scratch.path("example.o")
    let compiled = try run(
      URL(filePath: "/usr/bin/gcc"),
      ["-O2", "-g", "-c", "-I", "include", "Fixtures/example/example.c", "-o", object])
    try #require(compiled.status == 0)
    let emitted = try markers("emit", object)
    #expect(emitted.status == 2)
    #expect(emitted.errors.contains("a relocatable object is no part of a kernel"))
    #expect(try markers("lint", object).status == 0)
  }
}
