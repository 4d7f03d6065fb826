import Foundation
import Testing

@Suite("lint --source")
struct SourceTests {
  @Test("a marker that is in the source and in no image is told, those in the image are not")
  func missing() throws {
    let scratch = try Scratch()
    let source = try String(
      contentsOf: checkout.appending(path: "Fixtures/example/example.c"), encoding: .utf8)
    try scratch.write("example.c", source)
    #expect(!(try lint(scratch).output.contains("[M020]")))
    try scratch.write("example.c", source.replacing("MARKER(refused,", with: "MARKER(refusal,"))
    let run = try lint(scratch)
    #expect(
      run.output.contains(
        "example.c:39:3: warning: marker 'example:refusal' is in none of the images [M020]"))
    #expect(run.output.matches(of: /\[M020\]/).count == 1)
  }

  @Test("a marker that is last in its block is told, one before a statement is not")
  func lastInBlock() throws {
    let scratch = try Scratch()
    try scratch.write(
      "a.c",
      """
      #define MARKER_PROVIDER "mk"
      int f(int a)
      {
      	if (a) {
      		a++;
      		MARKER(last, a);
      	}
      	MARKER(good, a);
      	return a;
      }
      """)
    let run = try lint(scratch)
    #expect(run.output.contains("a.c:6:3: note: marker 'mk:last' is the last statement of its block [M117]"))
    #expect(!run.output.contains("'mk:good' is the last"))
    #expect(run.output.matches(of: /\[M020\]/).count == 2)
  }

  @Test("a tree that cannot be read is an error")
  func unreadable() throws {
    let run = try markers("lint", "--source", "/nonexistent", try example.get())
    #expect(run.status == 2)
    #expect(run.errors.contains("/nonexistent: cannot open: no such file or directory"))
  }

  private func lint(_ scratch: Scratch) throws -> Run {
    let run = try markers("lint", "--source", scratch.url.path, try example.get())
    #expect(run.status == 0)
    return run
  }
}

@Suite("one list for several images")
struct ListTests {
  @Test("a marker stands with the image that has its file, and one that none has is told once")
  func several() throws {
    let scratch = try Scratch()
    let other = scratch.path("other")
    try scratch.write("other.c", "int main(int argc, char **argv)\n{\n\treturn argc + !argv;\n}\n")
    let compiled = try run(
      URL(filePath: "/usr/bin/gcc"), ["-O2", "-g", scratch.path("other.c"), "-o", other])
    try #require(compiled.status == 0)
    let list = try scratch.write("list", "mk:a example.c:43 sum\nmk:b other.c:3 argc\nmk:c nowhere.c:1\n")
    let linted = try markers("lint", "--markers", list, try example.get(), other)
    #expect(linted.status == 1)
    #expect(linted.output.matches(of: /\[M113\]/).count == 1)
    #expect(linted.output.contains("nowhere.c:1: error: marker 'mk:c'"))
    #expect(linted.errors.contains("markers: 9 markers"))
  }
}
