import Foundation
import Testing

/// diff, matrix and history on builds of one program.
@Suite("several builds")
struct BuildsTests {
  private static func source(_ marker: String) -> String {
    """
    #define MARKER_PROVIDER "shop"
    #include <markers/marker.h>
    extern volatile int sink;
    volatile int sink;
    __attribute__((noinline)) static int price(int count)
    {
    	int total = count * 3 + 7;
    	int product = count * 7;
    	sink = count;
    	\(marker)
    	#ifdef NEEDED
    	sink = product;
    	#endif
    	sink = total;
    	return total;
    }
    int main(int argc, char **argv) { (void)argv; return price(argc); }

    """
  }

  private let wide = "MARKER(item, count, product);"

  private func build(_ scratch: Scratch, _ name: String, _ marker: String, _ options: String...) throws {
    let source = try scratch.write("shop.c", Self.source(marker))
    let include = checkout.appending(path: "include").path
    let compiled = try run(
      URL(filePath: "/usr/bin/gcc"),
      ["-g", "-Wl,--build-id", "-I", include, source, "-o", scratch.path(name)] + options)
    try #require(compiled.status == 0, "\(compiled.errors)")
  }

  @Test("diff: a value that optimisation takes is a regression, from images and from saved reports")
  func diff() throws {
    let scratch = try Scratch()
    try build(scratch, "plain", wide, "-O2", "-DNEEDED")
    try build(scratch, "fast", wide, "-O2")
    let worse = try markers("diff", "plain", "fast", in: scratch.url)
    #expect(worse.status == 1)
    #expect(
      worse.output.contains(
        "regression: marker 'shop:item': 'product' is fetched at 0 of 1 copies and was at 1 of 1 [value]"))
    #expect(try markers("diff", "fast", "plain", in: scratch.url).status == 0)
    #expect(try markers("diff", "fast", "fast", in: scratch.url).output.isEmpty)
    for name in ["plain", "fast"] {
      #expect(
        try markers("resolve", name, "--format", "json", "-o", "\(name).json", in: scratch.url).status == 0)
    }
    let saved = try markers("diff", "plain.json", "fast.json", in: scratch.url)
    #expect(saved.status == 1 && saved.output == worse.output && saved.errors == worse.errors)
  }

  @Test("diff: markers that come, go and move; the JSON keeps its schema")
  func moves() throws {
    let scratch = try Scratch()
    try build(scratch, "old", "MARKER(item, count); MARKER(gone);", "-O2")
    try build(scratch, "new", "\n\nMARKER(item, count); MARKER(fresh);", "-O2")
    let run = try markers("diff", "old", "new", "--format", "json", in: scratch.url)
    #expect(run.status == 1)
    let file = try scratch.write("diff.json", run.output)
    let schema = checkout.appending(path: "Docs/diff.schema.json").path
    let check = try CommandTests.run(
      URL(filePath: "/usr/bin/python3"), ["-m", "jsonschema", "-i", file, schema])
    #expect(check.status == 0, "\(check.errors)")
    for (kind, marker) in [("added", "fresh"), ("lost", "gone"), ("moved", "item")] {
      #expect(
        run.output.contains(
          try Regex(
            "\"kind\": \"\(kind)\",\\s*\"weight\": \"[a-z]+\",\\s*\"provider\": \"shop\",\\s*\"marker\": \"\(marker)\""
          )))
    }
    let broken = try markers(
      "diff", "old", try scratch.write("broken.json", "{\"version\": 1}"), in: scratch.url)
    #expect(broken.status == 2 && broken.errors.contains("'image' is missing"))
  }

  @Test("matrix: a row for each marker, a column for each build")
  func matrix() throws {
    let scratch = try Scratch()
    try build(scratch, "plain", wide, "-O2", "-DNEEDED")
    try build(scratch, "fast", wide + " MARKER(more);", "-O2")
    let run = try markers("matrix", "plain", "fast", in: scratch.url)
    #expect(run.status == 0)
    #expect(run.lines.count == 3)
    #expect(run.lines[0].split(separator: " ") == ["marker", "plain", "fast"])
    #expect(run.lines[1].contains(try Regex("^shop:item +[a-z]+ 1 +[a-z]+ 1 -product")))
    #expect(run.lines[2].contains(try Regex("^shop:more +- +[a-z]+ 1$")))
    try build(scratch, "elsewhere", wide, "-O2", "-ffile-prefix-map=\(scratch.url.path)=/elsewhere")
    let rows = try markers("matrix", "plain", "elsewhere", in: scratch.url).lines.dropFirst()
    #expect(rows.contains { $0.hasPrefix("shop:item (/elsewhere/shop.c) ") })
    #expect(rows.count == 2 && rows.allSatisfy { $0.hasPrefix("shop:item (") })
  }

  @Test("history: reports of several machines are merged by adding them")
  func history() throws {
    let scratch = try Scratch()
    for (name, option) in [("v1", "-DNEEDED"), ("v2", "-DNEEDED"), ("v10", "-UNEEDED")] {
      try build(scratch, name, name == "v2" ? wide + " MARKER(more);" : wide, "-O2", option)
      #expect(
        try markers("resolve", name, "--format", "json", "-o", "\(name).json", in: scratch.url).status == 0)
    }
    #expect(
      try markers("history", "add", "one.db", "v1.json", "v2.json", "v10.json", in: scratch.url).status == 0)
    for name in ["v10.json", "v2.json", "v10.json", "v1.json"] {
      #expect(try markers("history", "add", "other.db", name, in: scratch.url).status == 0)
    }
    let one = try markers("history", "show", "one.db", in: scratch.url)
    #expect(one.status == 0)
    #expect(one.output == (try markers("history", "show", "other.db", in: scratch.url).output))
    #expect(one.output.contains("shop:item\n  v1 to v2: "))
    #expect(one.output.contains("  v10: ") && one.output.contains("without 'product'"))
    #expect(one.output.contains("shop:more\n  v1: not there\n  v2: "))
    let none = try markers("history", "show", "one.db", "nothing", in: scratch.url)
    #expect(none.status == 2 && none.errors.contains("no build has a marker 'nothing'"))
  }
}
