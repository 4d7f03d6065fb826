public import MarkerScan

extension FindingKind {
  /// What the probe costs depends on the machine.
  public static let probeClassDepends = FindingKind(
    "M305", "probe-class-depends", .note,
    summary: "what kind of probe the kernel makes depends on the machine",
    explanation: """
      The kernel decides between a jump and a trap when the probe is armed, from the text as it then is. That text
      depends on the machine: return thunks and retpolines (6.1 takes a jump to a thunk for an indirect jump),
      alternatives for CPU features, paravirtual calls, the state of static keys whose jump lands near the probe,
      and on 32-bit ARM how far the detour lies away.

      ## Example

          the probe at 'vfs_read+0x1c' is optimised or single-stepped, depending on a static key
      """)
}

extension Finding {
  /// - Parameter place: the site as `symbol+0x…`.
  static func probeClassDepends(at place: String, classes: [ProbeClass], on conditions: [String]) -> Finding {
    let possible = classes.map(\.rawValue).joined(separator: " or ")
    return Finding(
      .probeClassDepends,
      "the probe at '\(place)' is \(possible), depending on \(conditions.joined(separator: " and "))")
  }
}
