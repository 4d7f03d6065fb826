/// The inputs of Fixtures/explain/, which tests compile: for each finding one that has it and one that has not.
enum CompiledExamples {
  /// The examples of a finding in Markdown; empty when there are none.
  static func section(of code: String) -> String {
    let own = files.filter { $0.path.hasPrefix("\(code)/") }
    guard !own.isEmpty else { return "" }
    let hasSource = own.contains { $0.path.hasSuffix(".c") || $0.path.hasSuffix(".S") }
    let shared = hasSource ? [] : files.filter { !$0.path.contains("/") }
    return """

      ## Compiled examples

      Tests compile these files and lint what comes of them: `triggers` has the finding, `corrected` has not.
      \(order(shared + own).map(shown).joined())
      """
  }

  private struct File {
    let path: String
    let text: Substring

    var name: Substring { path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...] }
  }

  /// What both sides share, then the one with the finding, then the corrected one.
  private static func order(_ files: [File]) -> [File] {
    let sides = ["triggers.", "corrected."]
    func rank(_ file: File) -> Int { 1 + (sides.firstIndex { file.name.hasPrefix($0) } ?? -1) }
    return files.sorted { (rank($0), $0.path) < (rank($1), $1.path) }
  }

  private static func shown(_ file: File) -> String {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    let indented = lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    return "\n`\(file.name)`:\n\n\(indented)"
  }

  /// Each file begins with a line `=== PATH`, as `make docs` writes it.
  private static let files: [File] =
    ("\n" + String(decoding: PackageResources.examples_txt.dropLast(), as: UTF8.self))
    .split(separator: "\n=== ").compactMap { part in
      guard let end = part.firstIndex(of: "\n") else { return nil }
      return File(path: String(part[..<end]), text: part[part.index(after: end)...])
    }
}
