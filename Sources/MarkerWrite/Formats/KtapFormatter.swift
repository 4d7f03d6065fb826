internal import MarkerScan

/// The kernel's test protocol (Documentation/dev-tools/ktap.rst): a test for each marker, a subtest for each image.
///
/// A marker with a finding at error level is not ok; all findings are diagnostic lines before the result.
public struct KtapFormatter: LintFormatter {
  public init() {}

  public func text(_ report: LintReport) -> String {
    let (located, markers) = report.grouped()
    var subtests = zip(report.images, markers).map { image, findings in
      Subtest(name: image.name, tests: zip(image.markers, findings).map { ("\($0.title)", $1) })
    }
    if !located.isEmpty {
      subtests.append(Subtest(name: "inputs", tests: located.map { ($0.place, [$0]) }))
    }
    var output = "KTAP version 1\n1..\(subtests.count)\n"
    for (index, subtest) in subtests.enumerated() { output += subtest.text(number: index + 1) }
    return output
  }

  private struct Subtest {
    let name: String
    let tests: [(name: String, findings: [LintEntry])]

    func text(number: Int) -> String {
      var output = "  KTAP version 1\n  # Subtest: \(KtapFormatter.name(name))\n  1..\(tests.count)\n"
      for (index, test) in tests.enumerated() {
        for finding in test.findings {
          for line in KtapFormatter.diagnostics(finding) { output += "  # \(line)\n" }
        }
        output += "  \(result(test.findings)) \(index + 1) \(KtapFormatter.name(test.name))\n"
      }
      return output + "\(result(tests.flatMap(\.findings))) \(number) \(KtapFormatter.name(name))\n"
    }

    private func result(_ findings: [LintEntry]) -> String {
      findings.contains { $0.level == .error } ? "not ok" : "ok"
    }
  }

  /// A test's name: `#` would begin a directive.
  private static func name(_ text: String) -> String {
    TextStyle.printable(text).replacing("#", with: "_")
  }

  private static func diagnostics(_ entry: LintEntry) -> [String] {
    let head =
      "\(entry.place): \(entry.level.rawValue): \(entry.finding.message) [\(entry.finding.kind.code)]"
    let rest =
      entry.finding.notes.map { "  note: \($0)" } + (entry.finding.help.map { ["  help: \($0)"] } ?? [])
    return ([head] + rest).map(TextStyle.printable)
  }
}
