import Foundation
import Testing

/// Configuration, baseline, policies and allowances, on a program with a marker that has a finding.
@Suite("what a project wants of lint")
struct ConfigTests {
  /// A program whose marker 'item' asks for a value that no fetch argument can compute.
  private static func source(_ allowance: String = "", above: String = "") -> String {
    """
    #define MARKER_PROVIDER "shop"
    #include <markers/marker.h>
    \(above)
    volatile int sink;
    __attribute__((noinline)) static int price(int count)
    {
    	int total = count * 3 + 7;
    	int product = count * 7;
    	sink = count;
    	MARKER(item, count, product\(allowance));
    	sink = total;
    	return total;
    }
    int main(int argc, char **argv) { (void)argv; return price(argc); }

    """
  }

  private func compile(_ scratch: Scratch, _ text: String) throws -> String {
    let source = try scratch.write("shop.c", text)
    let program = scratch.path("shop")
    let compiled = try run(
      URL(filePath: "/usr/bin/gcc"),
      ["-O2", "-g", "-I", checkout.appending(path: "include").path, source, "-o", program])
    try #require(compiled.status == 0, "\(compiled.errors)")
    return program
  }

  private struct Answer: Decodable {
    struct Finding: Decodable {
      let code: String
      let level: String
    }
    let findings: [Finding]
    let summary: [String: Int]
  }

  private func lint(_ scratch: Scratch, _ arguments: String...) throws -> (run: Run, answer: Answer) {
    let run = try run(markersProgram, ["lint", "--format", "json"] + arguments, in: scratch.url)
    return (run, try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8)))
  }

  @Test("levels of the configuration hold, for chosen files only, and the command line wins")
  func levels() throws {
    let scratch = try Scratch()
    _ = try compile(scratch, Self.source())
    #expect(try lint(scratch, "shop").answer.findings.contains { $0.code == "M204" && $0.level == "warning" })
    try scratch.write(".markers.toml", "[levels]\nM204 = \"error\"\n")
    #expect(try lint(scratch, "shop").run.status == 1)
    #expect(try lint(scratch, "--no-config", "shop").run.status == 0)
    #expect(try lint(scratch, "--warn", "M204", "shop").run.status == 0)
    let override = "[[override]]\nfiles = \"%\"\nlevels = { M204 = \"error\" }\n"
    try scratch.write(".markers.toml", override.replacing("%", with: "sh*.c"))
    #expect(try lint(scratch, "shop").run.status == 1)
    try scratch.write(".markers.toml", override.replacing("%", with: "other.c"))
    #expect(try lint(scratch, "shop").run.status == 0)
  }

  @Test("a configuration that cannot be used is told with file, line and column")
  func broken() throws {
    let scratch = try Scratch()
    _ = try compile(scratch, Self.source())
    try scratch.write(".markers.toml", "[levels]\nM20 = \"error\"\n")
    let run = try markers("lint", "shop", in: scratch.url)
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.hasPrefix(".markers.toml:2:1: error: there is no finding 'M20'"))
    let inner = scratch.url.appending(path: "a/b")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    #expect(try markers("lint", "../../shop", in: inner).errors.hasPrefix("../../.markers.toml:2:1: error: "))
  }

  @Test("a baseline accepts what there is, also when lines move, and tells of what is gone")
  func baseline() throws {
    let scratch = try Scratch()
    _ = try compile(scratch, Self.source())
    try scratch.write(".markers.toml", "baseline = \"accepted.toml\"\n[levels]\nM204 = \"error\"\n")
    #expect(try lint(scratch, "--update-baseline", "shop").run.status == 0)
    let written = try scratch.read("accepted.toml")
    #expect(written.contains("subject = \"shop:item\"\ncode = \"M204\"\n"))
    try scratch.write("accepted.toml", written.replacing("not looked at yet", with: "it is ordered"))
    _ = try compile(scratch, Self.source(above: "\n\n\n"))
    let moved = try lint(scratch, "shop")
    #expect(moved.run.status == 0)
    #expect(moved.answer.summary["suppressed"] == 1)
    #expect(try suppressions(scratch) == [["kind": "external", "justification": "it is ordered"]])
    #expect(try lint(scratch, "--update-baseline", "shop").run.status == 0)
    #expect(try scratch.read("accepted.toml").contains("reason = \"it is ordered\""))
    _ = try compile(scratch, Self.source().replacing(", product)", with: ")"))
    let mended = try lint(scratch, "shop").answer
    #expect(mended.findings.contains { $0.code == "M506" && $0.level == "note" })
    #expect(try lint(scratch, "--update-baseline", "shop").run.status == 0)
    #expect(!(try scratch.read("accepted.toml").contains("[[finding]]")))
  }

  /// What SARIF says of the findings that are not shown.
  private func suppressions(_ scratch: Scratch) throws -> [[String: String]] {
    let run = try markers("lint", "--format", "sarif", "shop", in: scratch.url)
    let log = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let runs = try #require(log["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    return results.flatMap { $0["suppressions"] as? [[String: String]] ?? [] }
  }

  @Test("a marker allows findings in its source, in its record and in a list")
  func allowance() throws {
    let scratch = try Scratch()
    _ = try compile(scratch, Self.source(", MARKER_ALLOW(M204, M101, nonsense)"))
    let answer = try lint(scratch, "shop").answer
    #expect(answer.findings.map(\.code).filter { $0.hasPrefix("M5") } == ["M507", "M508"])
    #expect(!answer.findings.contains { $0.code == "M204" })
    #expect(answer.summary["suppressed"] == 1)
    #expect(try suppressions(scratch) == [["kind": "inSource"]])
    let list = try markers("scan", "shop", in: scratch.url).output
    #expect(list.contains("  @allow=M204,M101,nonsense  count, product\n"))
    #expect(
      try markers("scan", "--source", "shop.c", in: scratch.url).output.contains(
        "  @allow=M204,M101,nonsense  "))
    let fromList = try scratch.write("list", list.replacing("shop:item", with: "shop:again"))
    let both = try lint(scratch, "--markers", fromList, "shop").answer
    #expect(both.summary["suppressed"] == 2)
  }

  @Test("of a part it is not told what other parts may have")
  func parts() throws {
    let scratch = try Scratch()
    _ = try compile(scratch, Self.source(", MARKER_ALLOW(M306)"))
    try scratch.write(".markers.toml", "[[policy]]\nmarkers = \"other:*\"\nrequire = \"ok\"\n")
    try scratch.write("list", "other:place elsewhere.c:3 count\n")
    try scratch.write(
      "accepted.toml", "[[finding]]\nsubject = \"a:b\"\ncode = \"M113\"\nmessage = \"x\"\nreason = \"y\"\n")
    let arguments = ["lint", "--format", "json", "--markers", "list", "--baseline", "accepted.toml", "shop"]
    func codes(_ further: [String]) throws -> Set<String> {
      let run = try run(markersProgram, arguments + further, in: scratch.url)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
      return Set(answer.findings.map(\.code))
    }
    let ofTheWhole: Set = ["M113", "M501", "M506", "M507"]
    #expect(try codes([]).isSuperset(of: ofTheWhole))
    #expect(try codes(["--part"]).isDisjoint(with: ofTheWhole.union(["M505"])))
    #expect(try codes(["--part"]).contains("M204"))
    let update = try markers(
      "lint", "--part", "--update-baseline", "--baseline", "b", "shop", in: scratch.url)
    #expect(update.status == 64)
  }

  @Test("what must be ok must be optimised in a kernel that optimises probes, and is never in a program")
  func optimised() throws {
    let scratch = try Scratch()
    let text = """
      #define MARKER_PROVIDER "shop"
      #include <markers/marker.h>
      volatile int sink;
      __attribute__((noinline)) void other(void) { sink = 1; }
      int price(int count)
      {
      	other();
      	MARKER(item, count);
      	other();
      	sink = 7;
      	return count;
      }
      int main(int argc, char **argv) { (void)argv; return price(argc); }

      """
    _ = try compile(scratch, text)
    let object = try run(
      URL(filePath: "/usr/bin/gcc"),
      ["-O2", "-g", "-pg", "-mfentry", "-mrecord-mcount", "-I", checkout.appending(path: "include").path]
        + ["-c", "shop.c", "-o", "kernel.o"], in: scratch.url)
    try #require(object.status == 0, "\(object.errors)")
    try scratch.write(".markers.toml", "[[policy]]\nmarkers = \"shop:item\"\nrequire = \"ok\"\n")
    #expect(try lint(scratch, "shop").run.status == 0)
    let kernel = try lint(scratch, "kernel.o")
    #expect(kernel.run.status == 1 && kernel.answer.findings.map(\.code).filter { $0 > "M5" } == ["M504"])
  }

  @Test("policies: what they require, how many copies, what it may cost")
  func policies() throws {
    let scratch = try Scratch()
    _ = try compile(scratch, Self.source())
    let policies = [
      ("markers = \"shop:item\"\nrequire = \"ok\"", ["M502"]),
      ("markers = \"shop:item\"\nrequire = \"ok\"\nmax-cost = \"optimised\"", ["M502", "M504"]),
      ("providers = \"shop\"\nmax-cost = \"optimised\"", ["M504"]),
      ("files = \"*.c\"\nmax-copies = 1", []), ("markers = \"shop:itme\"\nmax-copies = 1", ["M505"]),
    ]
    for (policy, codes) in policies {
      try scratch.write(".markers.toml", "[[policy]]\n\(policy)\n")
      let (run, answer) = try lint(scratch, "shop")
      #expect(answer.findings.map(\.code).filter { $0.hasPrefix("M5") } == codes, "\(policy)")
      #expect(run.status == (codes.isEmpty || codes == ["M505"] ? 0 : 1))
    }
    _ = try compile(
      scratch,
      Self.source().replacing("(noinline)) static", with: "(always_inline)) static inline")
        .replacing("return price(argc)", with: "return price(argc) + price(argc + 1)"))
    try scratch.write(".markers.toml", "[[policy]]\nmarkers = \"item\"\nmax-copies = 1\n")
    #expect(try lint(scratch, "shop").answer.findings.contains { $0.code == "M503" })
  }
}
