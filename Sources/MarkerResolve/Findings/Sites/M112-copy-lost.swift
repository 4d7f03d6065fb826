public import MarkerScan

extension FindingKind {
  /// A copy of the code in which the marker has no place.
  public static let copyLost = FindingKind(
    "M112", "copy-lost", .warning,
    summary: "some copy of the code around the marker has no address for it, so hits are missing",
    explanation: """
      The marker's function exists several times: out of line, inlined or cloned. At least one of these copies
      has code of the marker's block, but nothing in it stands for the marker. What runs there is not counted:
      the count may be too low.

      The same happens within one body. Where the compiler can tell on some way how the next condition comes out,
      it sends that way straight behind the condition (jump threading), and the marker in front of it leaves no
      trace there: the code behind the marker is also reached without passing its place.

      clang drops the lines of instructions that it merges with others. A copy in which the marker's block has no code
      may still run it.

      The marker is called approximate. `markers resolve` names the copies that have a place.

      ## Example

      A function is inlined into two callers. In one of them its argument is a constant, and the marker's
      statement was computed at compile time together with its neighbours; the other one is probed.
      """)
}
