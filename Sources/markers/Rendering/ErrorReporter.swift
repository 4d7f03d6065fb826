import MarkerConfig
import MarkerScan
import MarkerWrite
import SystemPackage

/// Collects what went wrong with the inputs: each is told at once on standard error, and the run goes on.
struct ErrorReporter {
  private(set) var status = ExitStatus.clean
  private let style: TextStyle

  init(color: ColorMode) {
    style = TextStyle(isColored: Terminal.isColored(color, file: .standardError))
  }

  /// Tells of an input or an output that could not be processed; the exit status becomes 2.
  mutating func report(_ error: some Error & CustomStringConvertible) {
    let label = style.paint("error:", .error)
    writeToStandardError("markers: \(label) \(TextStyle.printable(error.description))\n")
    status = .failure
  }

  /// Tells of a line of a list that could not be read, in the form of a compiler.
  mutating func report(_ finding: LocatedFinding) {
    writeToStandardError(FindingText(style: style).text(finding, level: finding.finding.kind.level))
    status = .failure
  }

  /// Tells of the records that could not be read, in the form of a compiler; the exit status stays, as for other
  /// markers that are left out.
  func tell(_ findings: [LocatedFinding]) {
    let text = FindingText(style: style)
    for finding in findings.sorted() where finding.finding.kind.level == .error {
      writeToStandardError(text.text(finding, level: .error))
    }
  }

  /// Tells of a configuration or baseline that cannot be used, in the form of a compiler.
  mutating func report(_ error: ConfigurationError) {
    writeToStandardError(TextStyle.printable(error.description) + "\n")
    status = .failure
  }

  /// Does something that may fail and tells of the failure; nil when it failed.
  @discardableResult
  mutating func attempt<Result, Failure: Error & CustomStringConvertible>(
    _ work: () throws(Failure) -> Result
  ) -> Result? {
    do {
      return try work()
    } catch {
      report(error)
      return nil
    }
  }

  /// Tells that the answer holds findings at error level; the exit status becomes at least 1.
  mutating func noteErrorFindings() { status = max(status, .findings) }
}
