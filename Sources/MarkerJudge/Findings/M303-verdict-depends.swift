public import MarkerScan

extension FindingKind {
  /// Whether the probe is accepted depends on the machine.
  public static let verdictDepends = FindingKind(
    "M303", "verdict-depends", .warning,
    summary: "whether the kernel takes a probe depends on the machine",
    explanation: """
      The kernel rewrites the bytes at the site when it boots: alternatives for CPU features, paravirtual calls,
      retpolines and return thunks. No rule refuses a probe there, but the rewritten bytes may be other
      instructions, or have other boundaries, and then the answer is another. The verdict is given for a common
      machine; on another the definition may fail.

      ## Example

          whether the kernel takes a probe at '__send_ipi_mask+0x157' depends on the machine's choice of an
          alternative for a CPU feature

      There KVM's hypercall is `vmcall` on Intel and `vmmcall` on AMD processors, and only the second takes a probe.
      """)
}

extension Finding {
  /// - Parameter place: the site as `symbol+0x…`.
  static func verdictDepends(at place: String, on conditions: [String]) -> Finding {
    Finding(
      .verdictDepends,
      "whether the kernel takes a probe at '\(place)' depends on \(conditions.joined(separator: " and "))",
      help: "move the marker to a statement away from the patched instruction")
  }
}
