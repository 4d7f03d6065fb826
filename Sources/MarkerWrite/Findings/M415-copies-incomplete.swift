public import MarkerScan

extension FindingKind {
  /// Some copies that cannot be probed.
  public static let copiesIncomplete = FindingKind(
    "M415", "copies-incomplete", .warning,
    summary: "some copies of the marker cannot be probed",
    explanation: """
      The marker is reached at several addresses, and some of them cannot be written: the kernel refuses a probe
      there, or no symbol leads there. Events from the rest would count too few hits, so the marker is written only
      with `--approximate`, which leaves the reason as a comment.

      ## Example

      A function that is inlined into a `notrace` function has one copy that the kernel refuses:

          # skipped block:start block/blk.h:100: 1 of 3 copies cannot be probed: … (notrace function)

      Move the marker out of the inlined part, or accept the gap:

          markers emit --approximate vmlinux
      """)
}

extension Finding {

  static func copiesIncomplete(_ missing: Int, of count: Int, because reason: String) -> Finding {
    Finding(
      .copiesIncomplete, "\(missing) of \(count) copies cannot be probed: \(reason)",
      help: "accept the gap with --approximate")
  }
}
