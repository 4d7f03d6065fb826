public import MarkerScan

extension FindingKind {
  /// The definition is taken, and no probe comes of it.
  public static let probeNeverArmed = FindingKind(
    "M302", "probe-never-armed", .error,
    summary: "the kernel takes the definition but never arms a probe",
    explanation: """
      tracefs answers without an error, and the event never fires. Kernels do this for addresses outside all symbols
      (the definition waits for a module that never comes), and for user probes that the processor never reaches as
      breakpoints: Thumb code, data, the middle of an instruction. The latter also change what the program does.

      ## Example

          the kernel takes a probe at '0xffff8000093f4cb0' but never arms it

      Such a site is never written as if it were good.
      """)
}

extension Finding {
  /// - Parameter place: the site as `symbol+0x…` or an address.
  static func probeNeverArmed(at place: String, because reason: String) -> Finding {
    Finding(
      .probeNeverArmed, "the kernel takes a probe at '\(place)' but never arms it", notes: [reason],
      help: "move the marker to another statement")
  }
}
