import Foundation
import MarkerWrite
import SystemPackage
import Testing

@testable import MarkerCompare
@testable import MarkerHistory

/// A report with markers, each "name" with copies of which `fetched` have the value `n`.
func report(_ id: String?, _ markers: [(name: String, status: String, copies: Int, fetched: Int)]) throws
  -> SavedReport
{
  let texts = markers.map { marker in
    let sites = (0..<marker.copies).map { copy in
      let fetch = copy < marker.fetched ? "\"%di\"" : "null"
      return """
        {"definition": null, "verdict": null,
         "arguments": [{"name": "n", "expression": "n", "fetch": \(fetch), "type": null}]}
        """
    }
    return """
      {"provider": "p", "name": "\(marker.name)", "file": "a.c", "line": 1, "status": "\(marker.status)",
       "sites": [\(sites.joined(separator: ", "))]}
      """
  }
  let json = """
    {"version": 1, "image": "vmlinux", "build_id": \(id.map { "\"\($0)\"" } ?? "null"),
     "markers": [\(texts.joined(separator: ", "))]}
    """
  return try SavedReport(json: Array(json.utf8), path: "report")
}

@Suite("history of builds")
struct HistoryTests {
  private final class Scratch {
    let path = FilePath(
      FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)").path)

    deinit { try? FileManager.default.removeItem(atPath: path.string) }
  }

  private func builds() throws -> [(label: String, report: SavedReport)] {
    [
      ("v6.9", try report("aa", [("io", "ok", 1, 1), ("old", "ok", 1, 1)])),
      ("v6.10-rc1", try report("bb", [("io", "ok", 1, 1)])),
      ("v6.10", try report("cc", [("io", "ok", 2, 1), ("new", "none", 0, 0)])),
      ("v6.11", try report("dd", [("io", "ok", 2, 1), ("new", "ok", 1, 1)])),
    ]
  }

  /// What the history says once the builds with these numbers were added in this order.
  private func shown(_ order: [Int]) throws -> String {
    let scratch = Scratch()
    let database = try HistoryDatabase(scratch.path, creates: true)
    let builds = try builds()
    for index in order {
      let build = builds[index]
      try database.add(build.report, id: try #require(build.report.buildID), label: build.label)
    }
    let history = try HistoryDatabase(scratch.path, creates: false).history(of: nil)
    return history.text() + history.json.text
  }

  @Test("adding is a union: neither order nor repetition counts")
  func union() throws {
    let all = try shown([0, 1, 2, 3])
    #expect(try shown([3, 2, 1, 0]) == all)
    #expect(try shown([2, 0, 2, 3, 1, 1, 0]) == all)
    #expect(try shown([0, 1, 2]) != all)
  }

  @Test("reports of one build that disagree give the same in any order")
  func disagreement() throws {
    let reports = [
      try report("aa", [("io", "approximate", 1, 1)]),
      try report("aa", [("io", "ok", 1, 1), ("more", "ok", 1, 1)]),
    ]
    let texts = try [reports, reports.reversed()].map { reports in
      let scratch = Scratch()
      let database = try HistoryDatabase(scratch.path, creates: true)
      for report in reports { try database.add(report, id: "aa", label: "b") }
      return try database.history(of: nil).text()
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0] == "p:io\n  b: ok, 1 copy\np:more\n  b: ok, 1 copy\n")
  }

  @Test("a history says since when a value is gone")
  func since() throws {
    let text = try shown([0, 1, 2, 3])
    #expect(
      text.hasPrefix(
        """
        p:io
          v6.9 to v6.10-rc1: ok, 1 copy
          v6.10 to v6.11: ok, 2 copies, without 'n'
        p:new
          v6.9 to v6.10-rc1: not there
          v6.10: none, 0 copies
          v6.11: ok, 1 copy
        p:old
          v6.9: ok, 1 copy
          v6.10-rc1 to v6.11: not there

        """))
  }

  @Test("one marker is found by its name and by provider:name")
  func named() throws {
    let scratch = Scratch()
    let database = try HistoryDatabase(scratch.path, creates: true)
    for build in try builds() { try database.add(build.report, id: build.label, label: build.label) }
    for name in ["io", "p:io"] {
      let text = try database.history(of: name).text()
      #expect(text.hasPrefix("p:io\n") && !text.contains("p:new"))
    }
    #expect(try database.history(of: "o").isEmpty)
    #expect(try database.history(of: "i_").isEmpty)
  }

  @Test("what is no history is an error")
  func foreign() throws {
    let scratch = Scratch()
    #expect(throws: HistoryError.self) { try HistoryDatabase(scratch.path, creates: false) }
    try "no database, but long enough that SQLite looks at it twice".write(
      toFile: scratch.path.string, atomically: false, encoding: .utf8)
    #expect(throws: HistoryError.self) { try HistoryDatabase(scratch.path, creates: true) }
  }

  @Test(
    "labels stand in the order of versions",
    arguments: [
      ("v6.9", "v6.10"), ("v6.10-rc1", "v6.10"), ("v6.10-rc2", "v6.10-rc10"), ("v6.10", "v6.10.1"),
      ("6.1-amd64", "6.1-arm64"), ("a", "b"), ("v6.10", "v6.10-3-g0abc"), ("v6.10-3-g9abc", "v6.10-12-g0abc"),
      ("v6.10-rc7-40-g0abc", "v6.10"), ("2026-9-30", "2026-11-09"), ("next-20261109", "next-20261121"),
    ])
  func labels(first: String, second: String) {
    #expect(LabelOrder.precedes(first, second))
    #expect(!LabelOrder.precedes(second, first))
  }
}
