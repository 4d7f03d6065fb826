import Foundation
import Testing

/// What a browser makes of the page is Tests/Report/run.sh's to say.
@Suite("markers report")
struct ReportTests {
  /// The JSON in the page.
  private func data(_ page: String) throws -> [String: Any] {
    let open = "<script type=\"application/json\" id=\"data\">"
    let start = try #require(page.range(of: open)).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    let json = try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8))
    return try #require(json as? [String: Any])
  }

  @Test("the page is one file, the same each time, and replaces the old one as a whole")
  func page() throws {
    let scratch = try Scratch()
    let program = try example.get()
    let path = try scratch.write("page.html", "old")
    let run = try markers("report", "--html", path, program)
    #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty)
    let page = try scratch.read("page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
    #expect(try scratch.names == ["page.html"])
    #expect(try markers("report", "--html", "-", program).output == page)
    #expect(!page.contains(/(src|href)="[^#]/))
  }

  @Test("a variable's lane is its location list as readelf shows it")
  func lanes() throws {
    let program = try example.get()
    let page = try data(try markers("report", "--html", "-", program).output)
    let markers = try #require(page["markers"] as? [[String: Any]])
    let done = try #require(markers.first { $0["name"] as? String == "example:done" })
    let body = try #require((done["bodies"] as? [[String: Any]])?.first)
    let lane = try #require((body["lanes"] as? [[String: Any]])?.first { $0["name"] as? String == "sum" })
    let segments = try #require(lane["segments"] as? [[Any]])
    let lists = try run(URL(filePath: "/usr/bin/readelf"), ["--debug-dump=loc", "-W", program]).output
    let resolved = try #require((done["sites"] as? [[String: Any]])?.first?["address"] as? String)
    let site = try #require(UInt64(resolved.dropFirst(2), radix: 16))
    let sites = try #require(body["sites"] as? [Int])
    let start = site - UInt64(try #require(sites.first))
    #expect(!segments.isEmpty)
    for segment in segments {
      let from = start + UInt64(try #require(segment[0] as? Int))
      let to = from + UInt64(try #require(segment[1] as? Int))
      let (begin, end) = (String(from, radix: 16), String(to, radix: 16))
      #expect(lists.contains(try Regex("0*\(begin) .*\n?")), "\(begin)")
      #expect(lists.contains(try Regex(" 0*\(end) ")), "\(end)")
    }
  }

  @Test("a saved report has no pictures, and both forms say the same of a marker")
  func saved() throws {
    let scratch = try Scratch()
    let program = try example.get()
    #expect(try markers("resolve", "--format", "json", program, "-o", scratch.path("saved.json")).status == 0)
    let saved = try data(try markers("report", "--html", "-", scratch.path("saved.json")).output)
    let drawn = try data(try markers("report", "--html", "-", program).output)
    for key in ["sites", "findings"] {
      let one = try #require(saved["markers"] as? [[String: Any]]).map { $0[key] as? NSArray }
      let other = try #require(drawn["markers"] as? [[String: Any]]).map { $0[key] as? NSArray }
      #expect(one == other)
    }
    #expect(try #require(saved["markers"] as? [[String: Any]]).allSatisfy { $0["bodies"] is NSNull })
    #expect(try #require(drawn["markers"] as? [[String: Any]]).allSatisfy { $0["bodies"] is [Any] })
  }

  @Test("no text becomes part of the page")
  func hostile() throws {
    let run = try markers("report", "--html", "-", "Tests/Report/hostile.json")
    #expect(run.status == 0)
    let scalars = String(String.UnicodeScalarView(run.output.unicodeScalars.filter { $0.isASCII }))
    #expect(scalars.ranges(of: "<script").count == 2 && scalars.ranges(of: "</script").count == 2)
    let list = try #require(scalars.range(of: "id=\"data\""))
    #expect(
      !scalars[..<list.lowerBound].contains("\" onfocus")
        && scalars.contains("&lt;/script&gt;&lt;script&gt;injected=7"))
    #expect(scalars.contains("\\u003c/script>\\u003cscript>injected=7"))
  }

  @Test("what cannot be written or read is an error, and nothing is left behind")
  func errors() throws {
    let scratch = try Scratch()
    let program = try example.get()
    for path in [scratch.path("none/page.html"), "/dev/full"] {
      let run = try markers("report", "--html", path, program)
      #expect(run.status == 2 && run.errors.contains("\(path): cannot write: "))
    }
    let path = try scratch.write("page.html", "old")
    #expect(try markers("report", "--html", path, scratch.path("nothing")).status == 2)
    #expect(try scratch.read("page.html") == "old")
    try scratch.write("bad.json", "{\"version\": 1}")
    #expect(try markers("report", "--html", path, scratch.path("bad.json")).status == 2)
    #expect(try scratch.names == ["bad.json", "page.html"])
    #expect(try markers("report", program).status == 64)
  }
}
