import Foundation
import Testing

@testable import markers

/// Fixtures/explain/CODE/ holds, for a finding, an input that triggers it and a corrected one: both are compiled and
/// linted.
///
/// `triggers.c` and `corrected.c` (or `.S`, `.list`, `.toml`) are the two sides; other files are for both: `source.c`
/// (that of the directory, else Fixtures/explain/source.c) is compiled when a side has no source, `markers.list` and
/// `policy.toml` are used when a side has none of its own. Lines of a source say what else is done:
///
///     // cc: COMPILER          when it is not gcc
///     // gcc: OPTION…          for the compiler
///     // then: COMMAND         for the shell, when `program` is compiled
///     // image: NAME           what is linted, when it is not `program`
///     // lint: OPTION…         for lint
@Suite("explained findings, compiled")
struct ExplainedFindingTests {
  private static let root = checkout.appending(path: "Fixtures/explain")

  @Test(
    "the first input has the finding, the corrected one has not", arguments: FindingRegistry.kinds.map(\.code)
  )
  func example(code: String) throws {
    #expect(try codes(code, side: "triggers").contains(code))
    #expect(!(try codes(code, side: "corrected").contains(code)))
  }

  @Test("every example is of a finding that there is")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.path).sorted()
    #expect(names == FindingRegistry.kinds.map(\.code) + ["source.c"])
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
    let recipe = Recipe(try scratch.read(source))
    try compile(source, recipe, in: scratch)
    var arguments = ["lint", "--format", "json", recipe.image ?? "program"] + recipe.lint
    if let list = files.first(where: { $0.hasSuffix(".list") }) { arguments += ["--markers", list] }
    let configuration = files.first { $0 == "\(side).toml" || $0 == "policy.toml" }
    arguments += configuration.map { ["--config", $0] } ?? ["--no-config"]
    if files.contains("baseline.toml") { arguments += ["--baseline", "baseline.toml"] }
    let lint = try run(markersProgram, arguments, in: scratch.url)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(lint.output.utf8))
    return Set(answer.findings.map(\.code))
  }

  private func compile(_ source: String, _ recipe: Recipe, in scratch: Scratch) throws {
    let include = checkout.appending(path: "include").path
    let compiled = try run(
      URL(filePath: "/usr/bin/\(recipe.compiler)"),
      ["-O2", "-g", "-I", include] + (source.hasSuffix(".S") ? ["-c"] : []) + recipe.options
        + [source, "-o", "program"], in: scratch.url)
    try #require(compiled.status == 0, "\(compiled.errors)")
    guard let command = recipe.then else { return }
    let changed = try run(URL(filePath: "/bin/sh"), ["-c", command], in: scratch.url)
    try #require(changed.status == 0, "\(changed.errors)")
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
    let ordered = files.filter { $0.hasPrefix("\(side).") } + files.filter { !$0.hasPrefix("\(side).") }
    if files.contains(where: { $0.hasSuffix(".c") || $0.hasSuffix(".S") }) { return ordered }
    let source = Self.root.appending(path: "source.c").path
    try FileManager.default.copyItem(atPath: source, toPath: scratch.path("source.c"))
    return ordered + ["source.c"]
  }

  /// What the lines of a source say.
  private struct Recipe {
    let compiler: String
    let options: [String]
    let then: String?
    let image: String?
    let lint: [String]

    init(_ source: String) {
      func line(_ name: String) -> String? {
        source.split(separator: "\n").first { $0.hasPrefix("// \(name): ") }
          .map { String($0.dropFirst(name.count + 5)) }
      }
      func words(_ name: String) -> [String] {
        line(name)?.split(separator: " ").map(String.init) ?? []
      }
      compiler = line("cc") ?? "gcc"
      options = words("gcc")
      then = line("then")
      image = line("image")
      lint = words("lint")
    }
  }
}
