public import MarkerScan

extension FindingKind {
  /// The probe is hit only under a condition.
  public static let probeConditional = FindingKind(
    "M308", "probe-conditional", .warning,
    summary: "the probe is hit only when the condition of the instruction at the site holds",
    explanation: """
      Most instructions of 32-bit ARM may carry a condition, and compilers use that for short branches. A kernel that
      meets a probe on such an instruction first looks at the condition, and goes on as if there were no probe when
      it does not hold. The event is then missing from the trace, although the code came past the marker.

      ## Example

          the probe at 'do_sys_open+0x24' is hit only when its instruction's condition holds

      A marker a statement earlier or later often falls on an instruction without a condition.
      """)
}

extension Finding {
  /// - Parameter place: the site as `symbol+0x…`.
  static func probeConditional(at place: String) -> Finding {
    Finding(
      .probeConditional, "the probe at '\(place)' is hit only when its instruction's condition holds",
      help: "move the marker to another statement")
  }
}
