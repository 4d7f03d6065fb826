import Foundation
import Testing

/// The forms in which lint answers, each read by a reader of its own.
@Suite("forms of lint's answer")
struct FormatTests {
  /// Lints the example with a list that has a bad line, an error and characters that every form must escape.
  private func lint(_ format: String) throws -> (run: Run, list: String) {
    let scratch = try Scratch()
    let list = try scratch.write("list", "bad <&\">, %\nmk:none example.c:43 request->none, sum\n")
    let run = try markers("lint", "--format", format, "--markers", list, try example.get())
    #expect(run.status == 1)
    return (run, list)
  }

  private func check(_ output: String, schema: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write("answer.json", output)
    let check = try run(URL(filePath: "/usr/bin/python3"), ["-m", "jsonschema", "-i", file, schema])
    #expect(check.status == 0, "\(check.errors)")
  }

  private struct Finding: Decodable, Hashable {
    let code: String
    let level: String
    let message: String
    let marker: String?
    let file: String?
    let line: Int?
  }

  private struct Answer: Decodable {
    let findings: [Finding]
  }

  private func findings() throws -> [Finding] {
    try JSONDecoder().decode(Answer.self, from: Data(try lint("json").run.output.utf8)).findings
  }

  @Test("json keeps its schema")
  func json() throws {
    let output = try lint("json").run.output
    try check(output, schema: checkout.appending(path: "Docs/lint.schema.json").path)
    #expect(try findings().contains { $0.code == "M206" && $0.marker == "none" && $0.line == 43 })
  }

  @Test("jsonl has the same findings, one a line")
  func jsonLines() throws {
    let lines = try lint("jsonl").run.lines
    let read = try lines.map { try JSONDecoder().decode(Finding.self, from: Data($0.utf8)) }
    #expect(read.map(\.code) == (try findings().map(\.code)))
    #expect(
      Set(read.map(\.message)).contains("'request->none' has no value: 'struct request' has no member 'none'")
    )
  }

  @Test("sarif keeps the official schema of 2.1.0")
  func sarif() throws {
    let cache = FileManager.default.homeDirectoryForCurrentUser.appending(
      path: ".cache/markers/sarif-schema-2.1.0.json")
    let script = checkout.appending(path: "Tests/CommandTests/sarif_schema.py").path
    let fetched = try run(URL(filePath: "/usr/bin/python3"), [script, cache.path])
    try #require(fetched.status == 0, "\(fetched.errors)")
    let output = try lint("sarif").run.output
    try check(output, schema: cache.path)
    let log = try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let runs = try #require(log["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    #expect(results.compactMap { $0["ruleId"] as? String } == (try findings().map(\.code)))
    let tool = runs.first?["tool"] as? [String: [String: Any]]
    let rules = try #require(tool?["driver"]?["rules"] as? [[String: Any]])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
  }

  @Test("github has a workflow command for each finding, with its text escaped")
  func github() throws {
    let (run, list) = try lint("github")
    #expect(run.lines.count == (try findings().count))
    let form = /::(error|warning|notice) file=[^:,]+,line=[0-9]+(,col=[0-9]+)?,title=M[0-9]{3} [a-z0-9-]+::.+/
    for line in run.lines { #expect(line.wholeMatch(of: form) != nil, "\(line)") }
    let name = list.replacing(":", with: "%3A").replacing(",", with: "%2C")
    #expect(run.output.contains("::error file=\(name),line=1,col="))
  }

  @Test("ktap counts each marker once, and a finding at error level is not ok")
  func ktap() throws {
    let run = try lint("ktap").run
    #expect(run.output.hasPrefix("KTAP version 1\n1..2\n  KTAP version 1\n  # Subtest: "))
    let results = run.lines.filter { $0.hasPrefix("  ok ") || $0.hasPrefix("  not ok ") }
    #expect(results.count == 8)
    #expect(run.lines.contains { $0.hasPrefix("  not ok ") && $0.hasSuffix(" mk:none") })
    #expect(run.lines.contains { $0.hasPrefix("  ok ") && $0.hasSuffix(" example:done") })
    #expect(run.lines.last?.hasPrefix("not ok 2 inputs") == true)
    for line in run.lines {
      #expect(
        line.contains(/^( *KTAP version 1|(  )?1\.\.[0-9]+|  # .*|(  )?(not )?ok [0-9]+ [^#]+)$/), "\(line)")
    }
  }

  @Test("junit is XML with a case for each marker")
  func junit() throws {
    let document = try lint("junit").run.output
    let scratch = try Scratch()
    let file = try scratch.write("junit.xml", document)
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.parse(sys.argv[1]).getroot()
      cases, failures = list(root.iter('testcase')), list(root.iter('failure'))
      assert int(root.get('tests')) == len(cases) and int(root.get('failures')) == len(failures)
      print(len(cases), [f.get('type') for f in failures], [c.get('name') for c in cases if c.find('failure') is not None][0])
      """
    let read = try run(URL(filePath: "/usr/bin/python3"), ["-c", script, file])
    #expect(read.status == 0, "\(read.errors)")
    #expect(read.output == "8 ['M206', 'M009'] none\n")
  }

  @Test("the full form shows the source line, the copies and the action")
  func full() throws {
    let run = try lint("full").run
    #expect(run.output.contains("error[M206] unknown-member: marker 'mk:none': 'request->none' has no value"))
    #expect(run.output.contains("  --> example.c:43\n"))
    let line = try String(
      contentsOf: checkout.appending(path: "Fixtures/example/example.c"), encoding: .utf8
    ).split(separator: "\n", omittingEmptySubsequences: false)[42].replacing("\t", with: "    ")
    #expect(run.output.contains("\n43 | \(line)\n"))
    #expect(run.output.contains("   = copy: 0x"))
    #expect(run.errors.contains("markers: 7 markers"))
  }

  @Test("the forms for programs say nothing on standard error", arguments: ["jsonl", "sarif", "junit"])
  func silent(format: String) throws {
    #expect(try lint(format).run.errors.isEmpty)
  }
}
