public import MarkerScan

extension FindingKind {
  /// A label that tracefs refuses.
  public static let argumentNameReplaced = FindingKind(
    "M406", "argument-name-replaced", .warning,
    summary: "an argument's name is refused by tracefs and was replaced",
    explanation: """
      An argument's name is a C identifier of at most 32 characters, used once, and none of `common_type`,
      `common_flags`, `common_preempt_count`, `common_pid`, `common_tgid`, `__probe_ip`, `__probe_ret_ip` and
      `__probe_func` (`traceprobe_parse_probe_arg`, kernel/trace/trace_probe.c). Where the marker asks for another
      name the value is written under the name that tracefs gives to unnamed arguments, `argN`, N its place.

      ## Example

          MARKER(fork, common_pid=p->pid);

      is written as `arg1=…`. With a label of your own it keeps its name:

          MARKER(fork, child=p->pid);
      """)
}

extension Finding {

  static func argumentNameReplaced(_ name: String, by substitute: String, because problem: String) -> Finding
  {
    Finding(
      .argumentNameReplaced, "the argument name '\(name)' \(problem) and is written as '\(substitute)'",
      help: "give the capture a label, as in 'label=expression'")
  }
}
