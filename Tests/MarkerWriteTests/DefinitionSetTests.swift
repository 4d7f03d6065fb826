import MarkerResolve
import MarkerScan
import Testing

@testable import Elfutils
@testable import MarkerWrite

@Suite("definitions")
struct DefinitionSetTests {
  @Test("copies that agree share one event, at distances from _text")
  func sharedEvent() {
    let set = define([
      resolution(sites: [
        site(kernelBase + 0x100, [argument("n", "%di", "u32")]),
        site(kernelBase + 0x200, [argument("n", "%bx", "u32")], copy: .inlined),
      ])
    ])
    #expect(
      set.definitions.map(\.line) == ["p:mk/io _text+0x100 n=%di:u32", "p:mk/io _text+0x200 n=%bx:u32"])
    #expect(set.markers[0].findings.isEmpty)
  }

  @Test("copies that differ get events of their own, and a name in use is not taken")
  func numberedEvents() {
    let sites = [
      site(kernelBase + 0x100, [argument("n", "%di")]),
      site(kernelBase + 0x200, [argument("n", nil, status: .none, absence: .optimisedOut)]),
      site(kernelBase + 0x300, [argument("n", "%si")]),
      site(kernelBase + 0x400, [argument("n", "%si", "u8")]),
    ]
    let set = define([
      resolution(sites: sites), resolution(record("mk", "io_2", line: 99), sites: [site(kernelBase)]),
    ])
    #expect(set.markers[0].definitions.map(\.event) == ["io", "io_3", "io", "io_4"])
    #expect(set.markers[1].definitions.map(\.event) == ["io_2"])
    #expect(set.markers[0].findings.map(\.kind.code) == ["M404"])
    #expect(
      set.markers[0].remarks == ["at vfs_read+0x1a: 'n' left out: the compiler kept no location for it"])
  }

  @Test("two values of one spelling that a copy leaves out are told once, with its place")
  func sameSpelling() {
    let lost = argument("n", nil, status: .none, absence: .optimisedOut)
    let one = define([resolution(sites: [site(kernelBase + 0x100, [lost, lost])])])
    #expect(one.markers[0].remarks == ["'n' left out: the compiler kept no location for it"])
    let kept = site(kernelBase + 0x200, [argument("n", "%di"), argument("n", "%di")])
    let two = define([resolution(sites: [site(kernelBase + 0x100, [lost, lost]), kept])])
    #expect(
      two.markers[0].remarks == ["at vfs_read+0x1a: 'n' left out: the compiler kept no location for it"])
  }

  @Test("markers of one name share an event; the very same probe is written once")
  func sharedNames() {
    let set = define([
      resolution(record(line: 10), sites: [site(kernelBase + 0x100, [argument("n", "%di")])]),
      resolution(
        record(line: 20),
        sites: [
          site(kernelBase + 0x100, [argument("n", "%di")]), site(kernelBase + 0x300, [argument("n", "%di")]),
        ]),
    ])
    #expect(
      set.definitions.map(\.line) == ["p:mk/io _text+0x100 n=%di:u64", "p:mk/io _text+0x300 n=%di:u64"])
    #expect(set.markers[1].findings.map(\.kind.code) == ["M405"])
  }

  @Test("what is in doubt is written on request only, with its doubt")
  func approximate() {
    let kind = FindingKind("M190", "doubt", .warning, summary: "", explanation: "")
    let marker = resolution(
      status: .approximate,
      sites: [
        site(kernelBase, [argument("n", "%di", status: .approximate, absence: .uncertain("it may be stale"))])
      ],
      findings: [Finding(kind, "the code was\nhoisted")])
    let refused = define([marker])
    #expect(refused.definitions.isEmpty)
    #expect(
      refused.text(image: "vmlinux").hasSuffix(
        "# skipped mk:io fs/read_write.c:10: approximate: the code was\\x0ahoisted\n"))
    let asked = define([marker], options: DefinitionOptions(includesApproximate: true))
    #expect(asked.definitions.map(\.line) == ["p:mk/io _text+0x0 n=%di:u64"])
    #expect(
      asked.markers[0].remarks == [
        "approximate: the code was\nhoisted", "'n' is approximate: it may be stale",
      ])
  }

  @Test("a refused copy is never written as if it were good")
  func refusals() {
    let refusal = "the kernel refuses a probe with EINVAL (notrace: no ftrace location)"
    let refused = SiteVerdict(
      verdict: "refused", errno: "EINVAL", reason: "notrace: no ftrace location", probeClass: nil,
      isArmed: false)
    let accepted = SiteVerdict(
      verdict: "accepted", errno: nil, reason: nil, probeClass: "boosted", isArmed: true)
    let marker = resolution(sites: [site(kernelBase + 1), site(kernelBase + 2)])
    var options = DefinitionOptions(verdicts: [kernelBase + 2: refused, kernelBase + 1: accepted])
    var set = define([marker], options: options)
    #expect(set.definitions.isEmpty)
    #expect(set.markers[0].skipped == "1 of 2 copies cannot be probed: \(refusal)")
    #expect(set.markers[0].findings.map(\.kind.code) == ["M415"])
    options.includesApproximate = true
    options.keepsRefused = true
    set = define([marker], options: options)
    #expect(set.definitions.map(\.place) == ["_text+0x1"])
    #expect(set.text(image: "vmlinux").contains("\n# refused: \(refusal)\n# p:mk/io _text+0x2\n"))
    set = define([resolution(sites: [site(kernelBase + 2)])], options: options)
    #expect(set.markers[0].skipped == refusal)
  }

  @Test(
    "names that the kernel refuses or cannot show are not written",
    arguments: [
      ("mk", "a-b", "M401"), ("m k", "a", "M401"), ("mk", "", "M401"), ("mk", "1a", "M401"),
      ("mk", "ä", "M401"),
      ("mk", String(repeating: "e", count: 64), "M401"), ("mk", "a\nb", "M401"), ("mk", "enable", "M402"),
      ("mk", "filter", "M402"), ("header_page", "a", "M402"), ("sched", "sched_switch", "M403"),
    ])
  func names(provider: String, name: String, code: String) {
    let set = define([resolution(record(provider, name), sites: [site(kernelBase)])])
    #expect(set.definitions.isEmpty)
    #expect(set.markers[0].findings.map(\.kind.code) == [code])
    #expect(set.text(image: "vmlinux").split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
  }

  @Test("63 characters are a name")
  func longestName() {
    let name = String(repeating: "e", count: 63)
    #expect(
      define([resolution(record("mk", name), sites: [site(kernelBase)])]).definitions.map(\.event) == [name])
    let copies = [
      site(kernelBase, [argument("n", nil, status: .none)]), site(kernelBase + 1, [argument("n", "%di")]),
    ]
    let set = define([resolution(record("mk", name), sites: copies)])
    #expect(set.markers[0].findings.map(\.kind.code) == ["M401"])
    #expect(set.definitions.isEmpty)
  }

  @Test("argument names that the kernel refuses are replaced, with a finding")
  func argumentNames() {
    let long = String(repeating: "a", count: 33)
    let names = ["common_pid", "x", "x", long, "arg3", "a b", String(repeating: "b", count: 32)]
    let set = define([resolution(sites: [site(kernelBase, names.map { argument($0, "%di") })])])
    #expect(
      set.definitions[0].arguments.map(\.name) == ["arg1", "x", "arg4", "arg5", "arg3", "arg6", names[6]])
    #expect(set.markers[0].findings.map(\.kind.code) == ["M406", "M406", "M406", "M406"])
  }

  @Test("128 arguments, the most that a record has, are written")
  func argumentCount() {
    let arguments = (0..<RecordLimit.captureCount).map { argument("a\($0)", "%di", "u8") }
    let set = define([resolution(sites: [site(kernelBase, arguments)])])
    #expect(set.definitions[0].arguments.count == 128)
  }

  @Test("six arrays of 512 bytes fit a record, seven do not")
  func recordSize() {
    func marker(_ count: Int) -> MarkerResolution {
      resolution(sites: [site(kernelBase, (0..<count).map { argument("a\($0)", "+0(%di)", "x64[64]") })])
    }
    #expect(define([marker(6)]).definitions.count == 1)
    #expect(define([marker(7)]).markers[0].findings.map(\.kind.code) == ["M411"])
  }

  @Test("a line that the kernel would not read is not written")
  func lineLength() {
    let names = (0..<50).map { "a\($0)" + String(repeating: "_", count: 28) }
    let fetch = "+0x" + String(repeating: "0", count: 50) + "(%di)"
    let set = define([resolution(sites: [site(kernelBase, names.map { argument($0, fetch) })])])
    #expect(set.markers[0].findings.map(\.kind.code) == ["M412"])
    #expect(set.definitions.isEmpty)
  }

  @Test("comments stay comments and within the kernel's line")
  func comments() {
    let hostile = record("mk", "io", file: "a\nr:evil do_exit\u{2028}" + String(repeating: "é", count: 5000))
    let lines = define([resolution(hostile, sites: [site(kernelBase)])])
      .text(image: "x\ny").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.utf8.count <= 4093 })
    #expect(lines[1].hasPrefix("# mk:io a\\x0ar:evil do_exit\\u{2028}é"))
    #expect(lines[1].hasSuffix("..."))
    #expect(lines[2...].elementsEqual(["p:mk/io _text+0x0", ""]))
  }

  @Test("a place that no symbol covers would never fire")
  func unnamedPlaces() {
    let set = define([
      resolution(sites: [site(kernelBase, symbol: nil)]),
      resolution(record(line: 20), sites: [site(kernelBase - 1)]),
    ])
    #expect(set.definitions.isEmpty)
    #expect(set.markers.map { $0.findings.map(\.kind.code) } == [["M413"], ["M413"]])
  }

  @Test("arm64 has no _text in kallsyms, and an offset has 32 bits")
  func otherBase() {
    let symbols = [symbol("_text", 0x1000), symbol("_stext", 0x2000)]
    let target = ProbeTarget.kernel(KernelSymbols(symbols: symbols, machine: .arm64))
    let set = define(
      [
        resolution(record("mk", "a"), sites: [site(0x2010)]),
        resolution(record("mk", "b"), sites: [site(0x2000 + (1 << 32))]),
      ], for: target)
    #expect(set.definitions.map(\.place) == ["_stext+0x10"])
    #expect(set.markers[1].findings.map(\.kind.code) == ["M413"])
  }

  @Test("a module's address hangs on a symbol that is unique in the module")
  func module() {
    let symbols = [
      symbol("first", 0x1000), symbol("twin", 0x1100), symbol("twin", 0x1200),
      symbol("cold", 0x2000, section: 2),
      symbol("data", 0x11f0, type: 1),
    ]
    let sections = [section(1, ".text", 0x1000, 0x1000), section(2, ".text.unlikely", 0x2000, 0x100)]
    let target = ProbeTarget.module(name: "ext2", ModuleSymbols(symbols: symbols, sections: sections))
    let sites = [site(0x1104), site(0x1208), site(0x2004)]
    #expect(
      define([resolution(sites: sites)], for: target).definitions.map(\.place)
        == ["ext2:first+0x104", "ext2:first+0x208", "ext2:cold+0x4"])
  }

  @Test("a program's address is a file offset")
  func program() {
    let text = ElfSegment(
      type: 1, flags: 5, offset: 0x1000, address: 0x40_2000, physicalAddress: 0, fileByteCount: 0x100,
      memoryByteCount: 0x200, alignment: 0x1000)
    func place(_ address: UInt64, path: String = "/bin/x") -> DefinitionSet {
      define([resolution(sites: [site(address)])], for: .userFile(path: path, segments: [text]))
    }
    #expect(place(0x40_2010).definitions.map(\.line) == ["p:mk/io /bin/x:0x1010"])
    #expect(place(0x40_2100).markers[0].findings.map(\.kind.code) == ["M413"])
    for path in ["/a b", "/a#b", "/a;b", "/a\nb", "x", "/a\u{7f}"] {
      #expect(place(0x40_2010, path: path).markers[0].findings.map(\.kind.code) == ["M414"])
    }
  }
}
