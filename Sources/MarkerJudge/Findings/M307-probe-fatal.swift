public import MarkerScan

extension FindingKind {
  /// The kernel takes a probe that stops the code it stands in.
  public static let probeFatal = FindingKind(
    "M307", "probe-fatal", .error,
    summary: "the kernel takes the probe, and the code in which it stands never goes on",
    explanation: """
      On ARM an exclusive store succeeds only when nothing happened since the exclusive load. A trap or a jump in
      between makes it fail, the loop around the two begins again, and with the probe armed it never ends: a kernel
      hangs, a program spins. arm64 kernels refuse such kernel probes; 32-bit ARM kernels take them, and all kernels
      take such user probes.

      ## Example

          the probe at 'putname+0x34' stops the code in which it stands
          note: the probe stands between an exclusive load and its store, which then never succeeds

      Move the marker before or behind the atomic operation, which is one statement in the source.
      """)
}

extension Finding {
  /// - Parameter place: the site as `symbol+0x…`.
  static func probeFatal(at place: String, because hazard: String) -> Finding {
    Finding(
      .probeFatal, "the probe at '\(place)' stops the code in which it stands", notes: [hazard],
      help: "move the marker before or behind the atomic operation")
  }
}
