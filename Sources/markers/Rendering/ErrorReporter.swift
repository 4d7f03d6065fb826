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

  /// Does something that may fail and tells of the failure; nil when it failed.
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
