import Foundation
import Testing

@testable import markers

/// Fixtures/explain/CODE/ holds, for a finding, an input that triggers it and a corrected one: both are compiled and
/// linted.
///
/// `triggers.c` and `corrected.c` (or `.S`, `.list`, `.toml`) are the two sides; other files are for both: `source.c`
/// is compiled when a side has no source, `markers.list` and `policy.toml` are used when a side has none of its own.
/// `// gcc: …` and `// lint: …` in a source are further options.
@Suite("explained findings, compiled")
struct ExplainedFindingTests {
  private static let root = checkout.appending(path: "Fixtures/explain")

  @Test("the first input has the finding, the corrected one has not", arguments: CompiledExamples.codes)
  func example(code: String) throws {
    #expect(try codes(code, side: "triggers").contains(code))
    #expect(!(try codes(code, side: "corrected").contains(code)))
  }

  @Test("the pages name the examples that there are")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.path).sorted()
    #expect(names == CompiledExamples.codes)
    for name in names { #expect(FindingRegistry.kind(name) != nil) }
  }

  private struct Answer: Decodable {
    struct Finding: Decodable { let code: String }
    let findings: [Finding]
  }

  /// The codes that lint finds in one side of an example, in a directory with the files of that side only.
  private func codes(_ code: String, side: String) throws -> Set<String> {
    let scratch = try Scratch()
    let files = try copy(code, side: side, to: scratch)
    let source = try #require(files.first { $0 == "\(side).c" || $0 == "\(side).S" || $0 == "source.c" })
    let options = try options(in: scratch.read(source))
    let include = checkout.appending(path: "include").path
    let compiled = try run(
      URL(filePath: "/usr/bin/gcc"),
      ["-O2", "-g", "-I", include] + (source.hasSuffix(".S") ? ["-c"] : []) + options.gcc
        + [source, "-o", "program"], in: scratch.url)
    try #require(compiled.status == 0, "\(compiled.errors)")
    var arguments = ["lint", "--format", "json", "program"] + options.lint
    if let list = files.first(where: { $0.hasSuffix(".list") }) { arguments += ["--markers", list] }
    let configuration = files.first { $0 == "\(side).toml" || $0 == "policy.toml" }
    arguments += configuration.map { ["--config", $0] } ?? ["--no-config"]
    if files.contains("baseline.toml") { arguments += ["--baseline", "baseline.toml"] }
    let lint = try run(markersProgram, arguments, in: scratch.url)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(lint.output.utf8))
    return Set(answer.findings.map(\.code))
  }

  /// The files of a side, those that are its own first.
  private func copy(_ code: String, side: String, to scratch: Scratch) throws -> [String] {
    let directory = Self.root.appending(path: code)
    let all = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    let other = side == "triggers" ? "corrected" : "triggers"
    let files = all.filter { !$0.hasPrefix("\(other).") }
    for file in files {
      try FileManager.default.copyItem(
        atPath: directory.appending(path: file).path, toPath: scratch.path(file))
    }
    return files.filter { $0.hasPrefix("\(side).") } + files.filter { !$0.hasPrefix("\(side).") }
  }

  private func options(in source: String) -> (gcc: [String], lint: [String]) {
    func words(after prefix: String) -> [String] {
      source.split(separator: "\n").filter { $0.hasPrefix(prefix) }
        .flatMap { $0.dropFirst(prefix.count).split(separator: " ").map(String.init) }
    }
    return (words(after: "// gcc: "), words(after: "// lint: "))
  }
}
