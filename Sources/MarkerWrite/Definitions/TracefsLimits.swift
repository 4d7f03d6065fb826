/// The limits that tracefs sets for a probe definition, as Linux 6.1 has them. Later kernels differ in none of
/// these by making them smaller.
enum TracefsLimits {
  /// `MAX_EVENT_NAME_LEN` (kernel/trace/trace.h) without its NUL, for the group and for the event.
  static let nameByteCount = 63
  /// `MAX_ARG_NAME_LEN` (kernel/trace/trace_probe.h): what stands before `=`.
  static let argumentNameByteCount = 32
  /// `MAX_ARGSTR_LEN`: what stands behind `=`, with the type.
  static let argumentByteCount = 63
  /// `MAX_ARRAY_LEN`
  static let elementCount = 64
  /// `MAX_PROBE_EVENT_SIZE`: the sum of the arguments' sizes.
  static let recordByteCount = 3072
  /// `FETCH_INSN_MAX` less the end mark (traceprobe_parse_probe_arg_body).
  static let fetchStepCount = 15
  /// `WRITE_BUFSIZE` less newline and NUL (trace_parse_run_command): comments count, too.
  static let lineByteCount = 4093

  /// `reserved_field_names` (kernel/trace/trace_probe.c).
  static let reservedArgumentNames: Set<String> = [
    "common_type", "common_flags", "common_preempt_count", "common_pid", "common_tgid", "__probe_ip",
    "__probe_ret_ip", "__probe_func",
  ]
}

/// Whether the kernel takes the text as a name: a C identifier (`is_good_name`, kernel/trace/trace_probe.h).
func isIdentifier(_ text: String) -> Bool {
  func isLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
  guard let first = text.utf8.first, isLetter(first) else { return false }
  return text.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
