public import MarkerScan

extension FindingKind {
  /// The kernel refuses the probe.
  public static let probeRefused = FindingKind(
    "M301", "probe-refused", .error,
    summary: "the kernel refuses a probe at the site",
    explanation: """
      The definition would fail with the error code that the finding names, because one of the kernel's rules
      forbids a probe at this address. The rule is found in the image alone: its tables, symbols and code. The site
      is never written as if it were good; `markers emit --keep-refused` writes it as a comment.

      The rule met most often is `notrace`: the function has no ftrace location. Code that is compiled without
      `-pg` or `-mfentry` (all of `lib/` and `kernel/trace/`, functions marked `notrace`, copies of `inline`
      functions) takes no probe event. `Docs/kernel-rules.md` explains every rule with the kernel file that holds it.

      ## Example

          lib/vsprintf.c:2725: the kernel refuses a probe at 'vsnprintf+0x40' with EINVAL

      A marker a line earlier or later may fall on another instruction; for `notrace`, `blacklist` and the like the
      marker must move to a function that calls this one.
      """)
}

extension Finding {
  /// - Parameter place: the site as `symbol+0x…`.
  static func probeRefused(_ refusal: Refusal, at place: String, conditions: [String]) -> Finding {
    let rests = conditions.map { "this rests on \($0)" }
    return Finding(
      .probeRefused, "the kernel refuses a probe at '\(place)' with \(refusal.errno.rawValue)",
      notes: ["\(refusal.rule.rawValue): \(refusal.detail)"] + rests,
      help: refusal.rule.concernsFunction
        ? "move the marker to a function that calls this one" : "move the marker to another statement")
  }
}

extension RuleName {
  /// Whether the rule refuses every place of a function alike.
  var concernsFunction: Bool {
    switch self {
    case .noKprobes, .notrace, .initText, .notText, .blacklist, .cfiPreamble, .moduleInitText, .notMapped:
      true
    case .ftraceLocation, .jumpLabel, .staticCall, .bugTable, .notInstructionBoundary,
      .trapInstruction, .uncopyable, .notEmulated, .misaligned, .exceptionTable, .rejectedInstruction,
      .exclusiveSequence, .stackStore, .breakpoint, .undecodable, .refusedPrefix:
      false
    }
  }
}
