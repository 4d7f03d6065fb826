import Foundation
import Testing

/// A program whose records somebody else wrote: each broken one is told, and the others are read.
@Suite("hostile records")
struct HostileRecordTests {
  /// What may stand in a record section, with the code of its finding; nil for a good record.
  private static let records: [(text: String, code: String?)] = [
    (#"mk1\tp\tgood\tx.c\t3\tn"#, nil),
    (#"mk1\tp\tname\nr:evil sys_read\tx.c\t3"#, "M001"),
    (#"mk1\tp;q\tprovider\tx.c\t3"#, "M001"),
    (#"mk1\tp q\tprovider\tx.c\t3"#, "M001"),
    (#"mk1\tp/evil\tprovider\tx.c\t3"#, "M001"),
    (#"mk1\tp\tfile\tx.c\np:evil do_exit\t3"#, "M001"),
    (#"mk1\tp\tescape\t\033[31mx.c\t3"#, "M001"),
    (#"mk1\tp\tline\tx.c\t-3"#, "M001"),
    (#"mk1\tp\tformat\tx.c\t3\tn:u8\nevil"#, "M001"),
    (#"mk1\tp\tformat_2\tx.c\t3\tn:u8 evil=%ax"#, "M010"),
    (#"mk1\tp\tlabel\tx.c\t3\tevil b=n"#, "M010"),
    (#"mk1\tp\tlabel_2\tx.c\t3\tevil;b=n:u8"#, "M010"),
    (#"mk2\tp\tlater\tx.c\t3"#, "M003"),
    (#"mk1\tp\tfew"#, "M001"),
    (#"mk1\tp\tlast\tx.c\t3\tn"#, nil),
  ]

  private let scratch: Scratch
  private let program: String

  init() throws {
    scratch = try Scratch()
    program = scratch.path("program")
    try scratch.write(
      "x.c",
      "__attribute__((noipa)) int f(int n) {\n  static int g;\n  g += n;\n  return g * n;\n}\n"
        + "int main(int c, char **v) { return f(c) + !v; }\n")
    let strings = Self.records.map { "\t.asciz \"\($0.text)\"\n" }.joined()
    // Without merging: the order and the last, open record stay.
    try scratch.write(
      "records.S",
      "\t.section .debug_markers,\"\",%progbits\n\(strings)\t.ascii \"mk1\\tp\\topen\\tx.c\\t3\"\n")
    let linked = try run(
      URL(filePath: "/usr/bin/env"),
      ["gcc", "-g", "-O2", "x.c", "records.S", "-o", program, "-Wl,-z,noexecstack"],
      in: scratch.url)
    try #require(linked.status == 0, "\(linked.errors)")
  }

  private static let codes = (records.compactMap(\.code) + ["M002"]).sorted()

  private func codes(_ text: String) -> [String] {
    text.matches(of: /(?m)^program\(.debug_markers\+0x[0-9a-f]+\): error: .* \[(M\d+)\]$/).map {
      String($0.output.1)
    }
    .sorted()
  }

  @Test("scan and lint tell one finding each; scan lists the others")
  func told() throws {
    let scan = try markers("scan", "program", in: scratch.url)
    #expect(scan.status == 1 && codes(scan.errors) == Self.codes)
    #expect(scan.output.contains("p:good  x.c:3  n\n") && scan.output.contains("p:last  x.c:3  n\n"))
    let lint = try markers("lint", "program", in: scratch.url)
    #expect(lint.status == 1 && codes(lint.output) == Self.codes)
  }

  @Test("emit tells them too, and writes nothing that a record smuggled in")
  func emitted() throws {
    let emit = try markers("emit", program)
    #expect(emit.status == 0)
    #expect(emit.errors.components(separatedBy: " error: ").count - 1 == Self.codes.count)
    let definitions = emit.lines.filter { !$0.hasPrefix("#") }
    #expect(definitions.contains { $0.hasPrefix("p:p/good ") && $0.hasSuffix(" n=%di:s32") })
    #expect(definitions.contains { $0.hasPrefix("p:p/last ") })
    for line in definitions {
      #expect(line.hasPrefix("p:p/") && !line.contains("evil"))
      #expect(line.split(separator: " ").dropFirst(2).allSatisfy { $0 == "n=%di:s32" })
    }
    let resolve = try markers("resolve", "--format", "json", program)
    #expect(resolve.status == 0 && resolve.errors.isEmpty && !resolve.output.contains("\u{1B}"))
  }
}
