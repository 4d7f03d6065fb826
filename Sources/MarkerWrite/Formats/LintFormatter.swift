/// One form in which the answer of `markers lint` is written.
public protocol LintFormatter: Sendable {
  /// The whole answer.
  func text(_ report: LintReport) -> String
}
