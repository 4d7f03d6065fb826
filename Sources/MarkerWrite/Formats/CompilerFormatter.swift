/// The form of a compiler, which vim's quickfix list, emacs and the matchers of CI systems read.
public struct CompilerFormatter: LintFormatter {
  private let findings: FindingText

  public init(style: TextStyle) { findings = FindingText(style: style) }

  public func text(_ report: LintReport) -> String {
    report.entries.map { findings.text($0) }.joined()
  }
}
