import Elfutils
import Foundation
import SystemPackage
import Testing

@testable import MarkerScan

private let source = """
  #ifdef WITH
  #define MARKER_PROVIDER "demo"
  #include <markers/marker.h>
  #else
  #define MARKER(...) ((void)0)
  #endif
  int table[4];
  extern int g(int);
  int f(int a)
  {
    static const char *name = "f";
    MARKER(begin, a, name);
    for (int i = 0; i < a; i++) {
      MARKER(step, i);
      table[i & 3] += g(i);
    }
    return table[a & 3] CHANGE;
  }

  """

private func compare(_ workshop: Workshop, _ first: String, _ second: String) throws -> [ImageDifference] {
  try ImageComparison(ElfFile.openSingle(workshop.path(first)), ElfFile.openSingle(workshop.path(second)))
    .differences
}

@Suite struct ZeroCostTests {
  @Test(arguments: ["gcc-12", "clang-16", "aarch64-linux-gnu-gcc", "arm-linux-gnueabihf-gcc"])
  func markersCostNothing(_ compiler: String) throws {
    guard Workshop.has(compiler) else { return }
    let workshop = try Workshop()
    try workshop.write("a.c", source)
    try workshop.compile("a.c", to: "on.o", compiler, "-c", "-DWITH", "-DCHANGE=")
    try workshop.compile("a.c", to: "off.o", compiler, "-c", "-DCHANGE=")
    #expect(try compare(workshop, "on.o", "off.o").isEmpty)
    #expect(try RecordScan(image: ElfFile.openSingle(workshop.path("on.o"))).records.count == 2)
  }

  @Test func differencesAreFound() throws {
    let workshop = try Workshop()
    try workshop.write("a.c", source)
    func compile(_ output: String, _ options: String...) throws {
      try workshop.run(["gcc", "-c", "-O2", "-o", output, "a.c"] + options)
    }
    try compile("a.o", "-DCHANGE=")
    try compile("code.o", "-DCHANGE=+1")
    try compile("called.o", "-DCHANGE=", "-Dg=h")
    try compile("data.o", "-DCHANGE=", "-Dtable=board")
    try compile("arm.o", "-DCHANGE=", "-m32")
    try compile("extra.o", "-DCHANGE=; } int more = 1; int last(void) { return 2")
    #expect(try compare(workshop, "a.o", "a.o").isEmpty)
    #expect(
      Set(try compare(workshop, "a.o", "code.o").map(\.field)).isSuperset(of: ["bytes", "size", "symbol"]))
    #expect(try compare(workshop, "a.o", "called.o").map(\.field) == ["relocations", "symbol", "symbol"])
    let data = try compare(workshop, "a.o", "data.o")
    #expect(data.contains { $0.detail.hasPrefix("only the first image has 'table' at .bss+0x0") })
    #expect(data.contains { $0.detail.hasPrefix("only the second image has 'board' at .bss+0x0") })
    #expect(try compare(workshop, "a.o", "arm.o").map(\.field) == ["machine"])
    #expect(try compare(workshop, "a.o", "extra.o").contains { $0.subject == ".data" && $0.field == "size" })
    #expect(
      try compare(workshop, "a.o", "extra.o").map(\.subject)
        == compare(workshop, "extra.o", "a.o").map(\.subject))
  }

  @Test func recordsWithSymbolsAreFound() throws {
    let workshop = try Workshop()
    try workshop.write(
      "a.s", ".section .debug_markers,\"MS\",%progbits,1\nleft:\n.asciz \"mk1\\tp\\tn\\ta.c\\t1\"\n")
    try workshop.write("b.s", "\n")
    try workshop.run(["gcc", "-c", "a.s"])
    try workshop.run(["gcc", "-c", "b.s"])
    #expect(try compare(workshop, "a.o", "b.o").map(\.detail) == ["a record has the symbol 'left'"])
  }
}
