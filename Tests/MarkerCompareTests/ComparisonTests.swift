import MarkerWrite
import Testing

@testable import MarkerCompare

@Suite("comparing two builds")
struct ComparisonTests {
  private func changes(
    _ old: [(name: String, status: String, copies: Int, fetched: Int)],
    _ new: [(name: String, status: String, copies: Int, fetched: Int)]
  ) throws -> [String] {
    BuildComparison(old: try report("a", old), new: try report("b", new)).changes.map {
      "\($0.weight.rawValue) \($0.kind.rawValue)"
    }
  }

  @Test("what is lost is a regression, what comes is not")
  func kinds() throws {
    let one = [(name: "io", status: "ok", copies: 2, fetched: 2)]
    #expect(try changes(one, one) == [])
    #expect(try changes(one, []) == ["regression lost"])
    #expect(try changes([], one) == ["change added"])
    #expect(try changes(one, [("io", "ok", 2, 1)]) == ["regression value"])
    #expect(try changes(one, [("io", "ok", 3, 3)]) == ["change copies"])
    #expect(try changes([("io", "ok", 2, 0)], one) == ["improvement value"])
    #expect(try changes(one, [("io", "approximate", 2, 2)]) == ["regression status"])
  }

  @Test("a report that is none is told, with what is wrong")
  func broken() {
    for (text, reason) in [
      ("{", "it is no JSON"), ("{\"version\": 1}", "'image' is missing"),
      ("{\"version\": 2, \"image\": \"x\", \"markers\": []}", "it is of version 2"),
      ("{\"version\": 1, \"image\": 1, \"markers\": []}", "'image' is of another type"),
    ] {
      do {
        _ = try SavedReport(json: Array(text.utf8), path: "r")
        Issue.record("read '\(text)'")
      } catch {
        #expect(error.reason == reason)
      }
    }
  }
}
