public import MarkerScan

extension FindingKind {
  /// A copy in which the marker has no place.
  public static let copyLost = FindingKind(
    "M112", "copy-lost", .warning,
    summary: "some copy of the marker's function has no address for it, so hits are missing",
    explanation: """
      The marker's function exists several times: out of line, inlined or cloned. At least one of these copies
      has code of the marker's block, but nothing in it stands for the marker. What runs there is not counted:
      the count may be too low.

      The marker is called approximate. `markers resolve` names the copies that have a place.

      ## Example

      A function is inlined into two callers. In one of them its argument is a constant, and the marker's
      statement was computed at compile time together with its neighbours; the other one is probed.
      """)
}
