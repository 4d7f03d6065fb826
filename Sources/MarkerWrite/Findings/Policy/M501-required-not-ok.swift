public import MarkerScan

extension FindingKind {
  /// A marker that a policy requires is not shown to be right.
  public static let requiredNotOk = FindingKind(
    "M501", "required-not-ok", .error,
    summary: "a policy requires the marker, and its places are not shown to be right",
    explanation: """
      A policy with `require = "ok"` in `.markers.toml` selects the marker, and the marker is `approximate` or has no
      place at all. The other findings of the marker say why.

      ## Example

          [[policy]]
          markers = ["example:refused"]
          require = "ok"

      and a marker whose statement the compiler removed. Move the marker, or take it out of the policy.
      """)
}

extension Finding {
  static func requiredNotOk(_ status: String) -> Finding {
    Finding(
      .requiredNotOk, "the marker's places are '\(status)', and a policy requires 'ok'",
      help: "look at the marker's other findings")
  }
}
