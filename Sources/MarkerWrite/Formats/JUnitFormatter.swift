internal import MarkerScan

/// JUnit's XML, which most CI systems show: a suite for each image, a case for each marker.
///
/// A case fails when its marker has a finding at error level; findings of lower levels are its output.
public struct JUnitFormatter: LintFormatter {
  public init() {}

  public func text(_ report: LintReport) -> String {
    let (located, markers) = report.grouped()
    var suites = zip(report.images, markers).map { image, findings in
      Suite(name: image.name, cases: zip(image.markers, findings).map { Case($0, $1) })
    }
    if !located.isEmpty {
      suites.append(Suite(name: "inputs", cases: located.map { Case(located: $0) }))
    }
    let tests = suites.map(\.cases.count).reduce(0, +)
    let failures = suites.map(\.failures).reduce(0, +)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="markers" tests="\(tests)" failures="\(failures)" errors="0">
      \(suites.map(\.text).joined())</testsuites>

      """
  }

  private struct Suite {
    let name: String
    let cases: [Case]

    var failures: Int { cases.count { !$0.errors.isEmpty } }

    var text: String {
      let head = "name=\"\(escaped(name))\" tests=\"\(cases.count)\" failures=\"\(failures)\""
      return "  <testsuite \(head) errors=\"0\" skipped=\"0\">\n\(cases.map(\.text).joined())  </testsuite>\n"
    }
  }

  private struct Case {
    let attributes: String
    let errors: [LintEntry]
    let others: [LintEntry]

    init(_ marker: MarkerReport, _ findings: [LintEntry]) {
      let record = marker.resolution.record
      attributes =
        "classname=\"\(escaped(record.provider))\" name=\"\(escaped(record.name))\" "
        + "file=\"\(escaped(record.file))\" line=\"\(record.line)\""
      errors = findings.filter { $0.level == .error }
      others = findings.filter { $0.level != .error }
    }

    init(located entry: LintEntry) {
      attributes = "classname=\"inputs\" name=\"\(escaped(entry.place))\""
      errors = entry.level == .error ? [entry] : []
      others = entry.level == .error ? [] : [entry]
    }

    var text: String {
      if errors.isEmpty && others.isEmpty { return "    <testcase \(attributes)/>\n" }
      var output = "    <testcase \(attributes)>\n"
      if let first = errors.first {
        output +=
          "      <failure type=\"\(first.finding.kind.code)\" message=\"\(escaped(first.finding.message))\">"
          + "\(escaped(described(errors)))</failure>\n"
      }
      if !others.isEmpty { output += "      <system-out>\(escaped(described(others)))</system-out>\n" }
      return output + "    </testcase>\n"
    }

    private func described(_ entries: [LintEntry]) -> String {
      let plain = FindingText(style: TextStyle(isColored: false))
      return entries.map { plain.text($0) }.joined()
    }
  }
}

/// Text for XML 1.0, which has no control characters but TAB and the ends of lines.
private func escaped(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { TextStyle.printable(String($0)) }.joined(separator: "\n")
    .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    .replacing("\"", with: "&quot;")
}
