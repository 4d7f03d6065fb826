import Testing

@testable import CSource

@Suite("conditions")
struct ConditionTests {
  /// A condition in words: the text of each test, `~` before one that is not plain.
  private func words(_ condition: Condition, _ source: SourceFile) -> String {
    switch condition {
    case .test(let extent, let isPlain): (isPlain ? "" : "~") + source.text(extent)
    case .both(let left, let right): "both(\(words(left, source)); \(words(right, source)))"
    case .either(let left, let right): "either(\(words(left, source)); \(words(right, source)))"
    case .not(let inner): "not(\(words(inner, source)))"
    }
  }

  private func words(of text: String) throws -> String {
    let source = SourceFile(bytes: Array("void f(void) { if (\(text)) a(); }".utf8))
    let branch = try #require(source.functionBodies.first?.body.statements.first)
    return words(source.condition(in: try #require(branch.head)), source)
  }

  @Test(
    "a condition is read in the parts that are tested one by one",
    arguments: [
      ("x", "x"),
      ("x && y", "both(x; && y)"),
      ("x || y && z", "either(x; both(|| y; && z))"),
      ("x && y && z", "both(both(x; && y); && z)"),
      ("!(x || y) && z", "both(not(either(!(x; || y)); && z)"),
      ("((x && y))", "both(((x; && y)"),
      ("!x", "!x"),
      ("(x & 1) == (y && z)", "~(x & 1) == (y && z)"),
      ("x ? y && z : z", "~x ? y && z : z"),
      ("p = x && y", "~p = x && y"),
      ("f(x, y) && g(z)", "both(f(x, y); && g(z))"),
      ("&& x", "~&& x"),
      ("x &&", "~x &&"),
    ])
  func parts(_ text: String, _ expected: String) throws { #expect(try words(of: text) == expected) }

  @Test("a condition of any length is read", .timeLimit(.minutes(1)))
  func long() throws {
    let many = Array(repeating: "x", count: 20_000).joined(separator: " && ")
    #expect(try words(of: many).contains("~"))
    let deep = String(repeating: "!(", count: 20_000) + "x" + String(repeating: ")", count: 20_000)
    #expect(try words(of: deep).hasSuffix(String(repeating: ")", count: 64)))
  }
}
