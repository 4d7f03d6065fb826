public import MarkerScan

extension FindingKind {
  /// A fetch argument beyond the kernel's limit.
  public static let argumentTooLong = FindingKind(
    "M407", "argument-too-long", .warning,
    summary: "an argument is longer than tracefs takes and was left out",
    explanation: """
      What stands behind the `=` of an argument, with its type, has at most 63 characters (`MAX_ARGSTR_LEN`,
      kernel/trace/trace_probe.h). Each `->` adds one level, as in `+8(+0x120(%di)):u64`, so that long chains do not
      fit. The argument is left out; the others are written.

      ## Example

      A chain of six members far into large structures:

          MARKER(io, bio->bi_bdev->bd_disk->queue->elevator->type->elevator_name)

      Capture a pointer on the way, and follow it from there in a script or another marker:

          MARKER(io, bio->bi_bdev->bd_disk->queue->elevator)
      """)
}

extension Finding {

  static func argumentTooLong(_ expression: String, byteCount: Int) -> Finding {
    Finding(
      .argumentTooLong,
      "'\(expression)' takes \(byteCount) characters of a fetch argument's \(TracefsLimits.argumentByteCount)",
      help: "capture a pointer on the way in its place")
  }
}
