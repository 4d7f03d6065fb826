import Testing

@testable import MarkerWrite

/// Each case was written to `kprobe_events` of Debian's Linux 6.1.192 (amd64), which gave the answer.
@Suite("fetch arguments, as a kernel answered")
struct FetchSyntaxTests {
  static func nested(_ count: Int, _ root: String = "%di") -> String {
    String(repeating: "+0(", count: count) + root + String(repeating: ")", count: count)
  }

  static let accepted: [(String, String)] = [
    (nested(14), "u8"), (nested(13), "b3@2/8"), (nested(13), "u8[4]"), (nested(13), "string"),
    (nested(12), "string[2]"), (nested(12, "@init_task"), "u8"), ("%di", "b3@2/8"), ("\\5", "u8"),
    ("\\-1", "s32"), ("\\0xffffffffffffffff", "x64"), ("\\18446744073709551615", "u64"), ("%di", "symbol"),
    ("@init_task", "u32"), ("@init_task+8", "u32"), ("@init_task-8", "u32"), ("@_text+0x1000", "x32"),
    ("-8(%bp)", "u64"), ("+-8(%bp)", "u64"), ("+0(%di)", "u8[64]"),
  ]

  static let refused: [(String, String)] = [
    (nested(13, "@init_task"), "u8"), (nested(14), "b3@2/8"), (nested(14), "u8[4]"),
    (nested(13), "string[2]"),
    (nested(15), "u8"), ("%di", "u8[4]"), ("+0(%di)", "u8[65]"), ("%di", "char"), ("%di", "u8[0]"),
    ("%di", "b9@0/8"), ("%di", "b3@6/8"), ("%di", "string"), ("+(%di)", "u8"), ("+0(%di", "u8"), ("di", "u8"),
  ]

  @Test("accepted", arguments: accepted)
  func accepts(fetch: String, type: String) {
    let set = define([resolution(sites: [site(kernelBase + 16, [argument("x", fetch, type)])])])
    #expect(set.definitions.map(\.line) == ["p:mk/io _text+0x10 x=\(fetch):\(type)"])
    #expect(set.markers[0].findings.isEmpty)
  }

  @Test("refused, with a finding", arguments: refused)
  func refuses(fetch: String, type: String) {
    let set = define([resolution(sites: [site(kernelBase + 16, [argument("x", fetch, type)])])])
    #expect(set.definitions.map(\.line) == ["p:mk/io _text+0x10"])
    #expect(set.markers[0].findings.count == 1)
    #expect(set.text(image: "vmlinux").contains("'x' left out: "))
  }

  @Test("63 characters pass, 64 do not")
  func length() throws {
    let fits = "+0x" + String(repeating: "0", count: 51) + "(%di)"
    #expect("\(fits):u64".utf8.count == 63)
    let set = define([
      resolution(sites: [
        site(kernelBase, [argument("x", fits), argument("y", "+" + fits.dropFirst() + "0")])
      ])
    ])
    #expect(set.definitions[0].arguments.map(\.name) == ["x"])
  }

  @Test(
    "nothing that could end the argument or the line is a fetch argument",
    arguments: [
      "%di\np:evil/e _text", "%di x=%si", "%di;", "%di#", "%di\t", "@sym bol", "@a/b", "@a:b", "", "%", "$",
      "@", "\\",
      "\\\"str\"", "+8(%di)x", "%dí", "@0x", "\\5a", "+u(%di)", "%di\0",
    ])
  func injection(text: String) {
    #expect(FetchSyntax(text) == nil)
  }

  @Test(
    "types are taken whole",
    arguments: ["u64 ", "u64\n", "u64[4]x", "u64[-1]", "b3@2/8/8", "x7", "", "u64#", "[3]"])
  func typeInjection(text: String) {
    #expect(FetchTypeSyntax(text) == nil)
  }
}
