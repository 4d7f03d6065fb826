import Foundation
import SystemPackage
import Testing

@testable import MarkerScan

private func scan(_ text: String) -> SourceScan {
  SourceScan(text: Array(text.utf8), path: "x/a.c", name: "a.c")
}

/// "provider:name line captures" of each record.
private func spelled(_ scan: SourceScan) -> [String] {
  scan.records.map { record in
    "\(record.provider):\(record.name) \(record.line) " + record.captures.map(\.text).joined(separator: "; ")
  }
}

@Suite struct SourceScanTests {
  @Test func findsUses() {
    let scan = scan(
      """
      #include <linux/marker.h>
      #define MARKER_PROVIDER "io"	/* ours */
      void f(int a)
      {
        /* MARKER(comment, a); */
        // MARKER(line, a);
        puts("MARKER(string, a)");
        MARKER(one, a /* the a */ ->  b,
               f(x, y), "a, b");
        if (a) MARKER(two); MARKER_IN(net, three, MARKER_LABEL(host, MARKER_AS(a->b, u32)));
      #if 0
        MARKER(off, a);
      #else
        MARKER(on, MARKER_AS(a, x8[16]), MARKER_LABEL(n, a));
      #endif
      #ifdef DEBUG
        MARKER(debug, a ? b : c);
      #endif
        MARKERS(no); XMARKER(no); MARKER;
      }
      """)
    #expect(
      spelled(scan) == [
        "io:one 8 a -> b; f(x, y); \"a, b\"", "io:two 10 ", "net:three 10 host=a->b:u32",
        "io:on 14 a:x8[16]; n=a", "io:debug 17 a ? b : c",
      ])
    #expect(scan.findings.isEmpty)
    #expect(scan.records[0].origin == .source(path: "x/a.c", line: 8, column: 3))
    #expect(scan.records[2].captures[0].expression != nil)
  }

  @Test func reportsWhatMakesNoRecord() {
    let scan = scan(
      """
      #define MARKER(name, ...) do_it(name)
      #define MARKER_IN(p, n, ...) MARKER(n, ##__VA_ARGS__)
      #define submit(r) do { MARKER(submit, r->id); } while (0)
      void f(void) {
        MARKER("quoted", a);
        MARKER();
        MARKER_IN(net);
        MARKER(many, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
        MARKER(open, a;
      }
      void g(void) { MARKER(good); }
      """)
    #expect(spelled(scan) == ["kernel:good 11 "])
    #expect(scan.findings.map(\.finding.kind.code) == ["M014", "M013", "M013", "M013", "M013", "M013"])
    #expect(
      scan.findings.first?.finding.message == "a marker stands in the definition of the macro 'submit'")
  }

  @Test func readsTrees() throws {
    let workshop = try Workshop()
    try workshop.write("tree/net/core/dev.c", "void f(void) { MARKER(rx, skb); }\n")
    try workshop.write("tree/net/a.h", "static inline void g(void) { MARKER(seen); }\n")
    try workshop.write("tree/.git/b.c", "void f(void) { MARKER(hidden); }\n")
    try workshop.write("tree/readme.txt", "MARKER(text)\n")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path("tree/loop").string, withDestinationPath: workshop.path("tree").string)
    let scan = SourceScan(reading: workshop.path("tree"), provider: "net")
    #expect(scan.records.map(\.file) == ["net/a.h", "net/core/dev.c"])
    #expect(scan.records.map(\.provider) == ["net", "net"])
    #expect(scan.errors.isEmpty)
    #expect(SourceScan(reading: workshop.path("tree/net/core/dev.c")).records.map(\.file) == ["dev.c"])
    let missing = SourceScan(reading: workshop.path("missing"))
    #expect(missing.errors.map(\.reason) == ["no such file or directory"])
  }

  @Test(arguments: [
    ("linux/drivers/a.c", "linux/drivers", "linux/drivers/a.c"), ("./a.c", ".", "a.c"),
    ("../linux/fs/a.c", "../linux", "fs/a.c"), ("/usr/src/linux/fs/a.c", "/usr/src/linux", "fs/a.c"),
    ("a.c", "a.c", "a.c"), ("/x/a.c", "/x/a.c", "a.c"),
  ]) func namesOfFiles(_ path: String, _ root: String, _ name: String) {
    #expect(SourceScan.name(of: FilePath(path), in: FilePath(root)) == name)
  }

  @Test(arguments: [
    "MARKER(", "MARKER(a, ", "MARKER(x) ", "MARKER_LABEL(a, ", "#if 0\n#endif\n#define X MARKER(a)\n",
  ])
  func hostileRepetitionEnds(_ piece: String) {
    let source = "void f(void) { MARKER(a, " + String(repeating: piece, count: 16_000)
    #expect(scan(source).records.count <= 16_000)
  }
}
