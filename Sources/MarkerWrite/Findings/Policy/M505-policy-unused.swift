public import MarkerScan

extension FindingKind {
  /// A policy that selects nothing.
  public static let policyUnused = FindingKind(
    "M505", "policy-unused", .warning,
    summary: "a policy selects none of the markers",
    explanation: """
      None of the markers that were looked at is one that the policy selects. A marker that it was written for may
      have been renamed or removed, its image may not have been given, or a glob is misspelt.

      ## Example

          [[policy]]
          markers = ["net:recieve"]
          require = "ok"

      Correct the glob. Where a policy is for images that are looked at in another run, `--allow M505` there.
      """)
}

extension Finding {
  static let policyUnused = Finding(
    .policyUnused, "the policy selects none of the markers", help: "correct the globs, or remove the policy")
}
