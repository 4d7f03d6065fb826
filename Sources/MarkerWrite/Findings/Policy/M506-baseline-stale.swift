public import MarkerScan

extension FindingKind {
  /// A baseline entry whose findings are gone.
  public static let baselineStale = FindingKind(
    "M506", "baseline-stale", .note,
    summary: "the baseline accepts a finding that is not there any more",
    explanation: """
      An entry of the baseline file is for more findings than there are: they were mended, or their image was not
      given in this run.

      ## Example

          [[finding]]
          subject = "net:rx"
          code = "M202"
          message = "'len' has no value: it is not live at the marker"
          reason = "waits for the rework of the receive path"

      after the marker was moved. `markers lint --update-baseline` removes such entries and keeps the reasons of the
      others.
      """)
}

extension Finding {
  static func baselineStale(_ entry: BaselineEntry, unused: Int) -> Finding {
    let count = unused == entry.count ? "the finding" : "\(unused) of \(entry.count) findings"
    return Finding(
      .baselineStale,
      "\(count) \(entry.key.code) on '\(entry.key.subject)' of the baseline \(unused == 1 ? "is" : "are") not there",
      help: "update the baseline with --update-baseline")
  }
}
