public import MarkerScan

extension FindingKind {
  /// A probe costs more than a policy allows.
  public static let tooCostly = FindingKind(
    "M504", "too-costly", .error,
    summary: "a probe of the marker costs more than a policy allows",
    explanation: """
      A policy with `max-cost` in `.markers.toml`, or with `require = "ok"`, selects the marker, and some copy of it
      becomes a probe of a costlier class, or none. From cheap to costly the classes are `ftrace`, `optimised`,
      `boosted`, `emulated`, `simulated` and `single-stepped`. Where the class depends on the machine, the costliest
      counts.

      Without a `max-cost`, `require = "ok"` means `max-cost = "optimised"` in kernels that optimise probes (x86,
      32-bit ARM), and `max-cost = "single-stepped"` in kernels on arm64 and in programs, whose probes never are.

      ## Example

          [[policy]]
          providers = ["sched"]
          max-cost = "optimised"

      and a marker before a call, which the kernel cannot replace by a jump. Move the marker to another statement.
      """)
}

extension Finding {
  /// - Parameter probes: what is said of each probe that costs too much.
  static func tooCostly(_ probes: [String], of total: Int, limit: String) -> Finding {
    Finding(
      .tooCostly,
      "\(probes.count) of \(total) probes cost more than '\(limit)', which a policy allows at most",
      notes: Array(probes.prefix(4)), help: "move the marker to another statement")
  }
}
