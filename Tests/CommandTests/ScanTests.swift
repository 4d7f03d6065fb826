import Foundation
import Testing

/// Runs `markers scan` on objects that the compiler makes with the project's header.
@Suite("scan")
struct ScanTests {
  private static let source = """
    #define MARKER_PROVIDER "demo"
    #include <markers/marker.h>
    int f(int *p, int n)
    {
      MARKER(begin, n, MARKER_LABEL(first, MARKER_AS(*p, x32)));
      for (int i = 0; i < n; i++) {
        MARKER(step, i, f(p, 0), "a # b, c");
        p[1] += i;
      }
      return p[1];
    }

    """

  private static let list = """
    demo:begin  f.c:5  n, first=*p:x32
    demo:step  f.c:7  i, f(p, 0), "a # b, c"

    """

  private func compiled(_ scratch: Scratch) throws -> String {
    try scratch.write("f.c", Self.source)
    try compile(scratch, "f.o")
    return scratch.path("f.o")
  }

  private func compile(_ scratch: Scratch, _ output: String, _ options: String...) throws {
    let include = checkout.appending(path: "include").path
    let run = try run(
      URL(filePath: "/usr/bin/env"),
      ["gcc", "-g", "-O2", "-I", include, "-c", "f.c", "-o", output] + options, in: scratch.url)
    try #require(run.status == 0, "\(run.errors)")
  }

  @Test("the text is a list that reads back as it was")
  func list() throws {
    let scratch = try Scratch()
    let object = try compiled(scratch)
    let run = try markers("scan", object)
    #expect(run.status == 0)
    #expect(run.output == Self.list)
    #expect(run.errors.isEmpty)
    let file = try scratch.write("f.list", run.output)
    #expect(try markers("scan", "--markers", file).output == Self.list)
    // Twice the same marker is one line.
    #expect(try markers("scan", object, object, "--markers", file).output == Self.list)
  }

  @Test("a source tree gives what its objects give")
  func source() throws {
    let scratch = try Scratch()
    _ = try compiled(scratch)
    #expect(try markers("scan", "--source", ".", in: scratch.url).output == Self.list)
    #expect(try markers("scan", "--source", scratch.url.path).output == Self.list)
    let missing = try markers("scan", "--source", "missing", in: scratch.url)
    #expect(missing.status == 2)
    #expect(missing.errors.contains("missing: cannot open: no such file or directory"))
  }

  @Test("the JSON keeps its schema")
  func schema() throws {
    let scratch = try Scratch()
    let object = try compiled(scratch)
    try compile(scratch, "g.o", "-O0")
    let list = try scratch.write("list", "bad\np:n a.c:1 x:u33\n")
    try scratch.write("tree.c", "void f(void) { MARKER(\"x\"); MARKER(y, 1); }\n")
    for arguments in [
      [object, "--markers", list, "--source", scratch.path("tree.c")], ["--zero-cost", object, object],
      ["--zero-cost", object, scratch.path("g.o")],
    ] {
      let report = try run(markersProgram, ["scan", "--format", "json"] + arguments)
      #expect(report.errors.isEmpty)
      let file = try scratch.write("report.json", report.output)
      let schema = checkout.appending(path: "Docs/scan.schema.json").path
      let check = try run(URL(filePath: "/usr/bin/python3"), ["-m", "jsonschema", "-i", file, schema])
      #expect(check.status == 0, "\(check.errors)")
    }
  }

  @Test("one bad input is told, and the run goes on")
  func badInputs() throws {
    let scratch = try Scratch()
    let object = try compiled(scratch)
    let run = try markers("scan", "missing.o", object, scratch.path("f.c"), in: scratch.url)
    #expect(run.status == 2)
    #expect(run.output == Self.list)
    #expect(run.errors.split(separator: "\n").count == 2)
    #expect(run.errors.contains("missing.o: cannot open: no such file or directory; check the path"))
  }

  @Test("findings at error level are 1, and levels change that")
  func findings() throws {
    let scratch = try Scratch()
    let list = try scratch.write("list", "p:good a.c:1\np:bad a.c\n")
    let run = try markers("scan", "--markers", list)
    #expect(run.status == 1)
    #expect(run.output == "p:good  a.c:1\n")
    #expect(run.errors.hasPrefix("\(list):2:7: error: 'a.c' has no ':LINE' [M009]\n"))
    #expect(try markers("scan", "--markers", list, "--warn", "M009").status == 0)
    let twice = try scratch.write("twice", "p:n a.c:1\np:n a.c:1\n")
    #expect(try markers("scan", "--markers", twice).status == 0)
    #expect(try markers("scan", "--markers", twice, "--deny", "duplicate-record").status == 1)
  }

  @Test("--zero-cost tells same from different")
  func zeroCost() throws {
    let scratch = try Scratch()
    let object = try compiled(scratch)
    try compile(scratch, "off.o", "-DMARKERS_OFF")
    try compile(scratch, "slow.o", "-O0")
    #expect(try markers("scan", "--zero-cost", object, scratch.path("off.o")).status == 0)
    let different = try markers("scan", "--zero-cost", object, scratch.path("slow.o"))
    #expect(different.status == 1)
    #expect(different.lines.contains { $0.hasPrefix(".text: bytes: ") })
    #expect(try markers("scan", "--zero-cost", object, scratch.path("f.c")).status == 2)
  }

  @Test(
    "wrong command lines are 64",
    arguments: [
      [], ["--zero-cost", "a.o"], ["--zero-cost", "a", "b", "--source", "."], ["--format", "xml", "a"],
    ])
  func usage(_ arguments: [String]) throws {
    let run = try run(markersProgram, ["scan"] + arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
  }
}
