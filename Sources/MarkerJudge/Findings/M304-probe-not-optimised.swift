public import MarkerScan

extension FindingKind {
  /// The probe traps instead of jumping.
  public static let probeNotOptimised = FindingKind(
    "M304", "probe-not-optimised", .note,
    summary: "the probe costs a trap, because the kernel cannot replace the instruction by a jump",
    explanation: """
      Most kernel probes become a jump to a detour, which costs a fraction of a trap. On x86 the jump takes five
      bytes, and the kernel puts it only where that is safe: every instruction that it covers must be able to run
      elsewhere, no branch of the function may land among the covered bytes, the function must have no instruction
      with an exception fixup, on older kernels no indirect jump, and the bytes must not be patched by others. The
      finding names the instruction or branch that stands in the way.

      ## Example

          the probe at 'tcp_ack+0x1a4' is not optimised
          note: 'call 0xffffffff81b3c2a0' at tcp_ack+0x1a4 cannot run elsewhere

      Often the next or the previous statement of the same block is good; the finding then offers the nearest one.
      `Docs/probe-cost.md` tells what the classes cost.
      """)
}

extension Finding {
  /// - Parameters:
  ///   - place: the site as `symbol+0x…`.
  ///   - obstacle: what stands in the way, in words.
  ///   - nearest: the nearest line of the marker's block whose probe would be optimised; nil when there is none.
  public static func probeNotOptimised(at place: String, obstacle: String, nearest: Int?) -> Finding {
    Finding(
      .probeNotOptimised, "the probe at '\(place)' is not optimised", notes: [obstacle],
      help: nearest.map { "a marker before line \($0) would be optimised" })
  }
}
