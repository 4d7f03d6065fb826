import Foundation
import MarkerScan
import Testing

@testable import markers

@Suite("explain and the registry of findings")
struct ExplainTests {
  @Test("a page by code, by code in lower case and by name", arguments: ["M404", "m404", "copies-disagree"])
  func page(_ code: String) throws {
    let run = try markers("explain", code)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("# M404: copies-disagree\n"))
    #expect(run.output.contains("## Example"))
    #expect(run.errors.isEmpty)
  }

  @Test("a page ends with the examples that are compiled", arguments: FindingRegistry.kinds.map(\.code))
  func examples(_ code: String) throws {
    let page = try markers("explain", code).output
    let directory = checkout.appending(path: "Fixtures/explain/\(code)")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    for name in names {
      let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
      let indented = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
      #expect(page.contains("\n`\(name)`:\n\n\(indented)"))
    }
    #expect(page.contains("\n`source.c`:\n") || names.contains { $0.hasSuffix(".c") || $0.hasSuffix(".S") })
  }

  @Test("the list has one line for each kind")
  func list() throws {
    let run = try markers("explain", "--list")
    #expect(run.lines.count == FindingRegistry.kinds.count)
    #expect(run.lines.map { String($0.prefix(4)) } == FindingRegistry.kinds.map(\.code))
  }

  @Test("an unknown code is a usage error")
  func unknown() throws {
    let run = try markers("explain", "M404", "nonsense")
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("there is no finding 'nonsense'"))
    #expect(try markers("explain").status == 64)
  }

  @Test("no code and no name stands for two kinds")
  func unique() {
    let kinds = FindingRegistry.kinds
    #expect(Set(kinds.map(\.code)).count == kinds.count)
    #expect(Set(kinds.map(\.name)).count == kinds.count)
  }

  @Test("codes and texts keep the house's form", arguments: FindingRegistry.kinds)
  func form(_ kind: FindingKind) throws {
    #expect(kind.code.wholeMatch(of: /M[0-5][0-9][0-9]/) != nil)
    #expect(kind.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
    #expect(!kind.summary.hasSuffix("."))
    #expect(kind.summary.first?.isUppercase == false)
    #expect(kind.explanation.contains("## Example"))
    #expect(kind.explanation.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test("every kind in the sources is registered")
  func complete() throws {
    let sources = checkout.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var codes: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /FindingKind\(\s*"(M[0-9]{3})"/) { codes.insert(String(match.output.1)) }
    }
    #expect(codes == Set(FindingRegistry.kinds.map(\.code)))
  }

  @Test("Docs/diagnostics.md is what the program says; make docs writes it")
  func document() throws {
    let page = try String(contentsOf: checkout.appending(path: "Docs/diagnostics.md"), encoding: .utf8)
    #expect(try markers("explain", "--document").output == page)
  }
}
