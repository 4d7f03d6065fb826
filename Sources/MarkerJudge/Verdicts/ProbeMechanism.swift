/// How an accepted probe works.
struct ProbeMechanism: Sendable, Hashable {
  var probeClass: ProbeClass
  /// What an optimised probe is where the kernel cannot optimise it after all.
  var trapClass: ProbeClass?
  /// The bytes that the jump of an optimised probe replaces.
  var replacedByteCount: Int?
  /// Why the probe is not optimised.
  var obstacle: Obstacle?
  /// What the probe may be instead, and on what that depends; nil when the image settles it.
  var otherwise: Otherwise?
  /// Whether the probe is hit only when the instruction's condition holds.
  var isConditional = false
  /// What an armed probe does to the code that it stands in, where that is fatal.
  var hazard: String?
}

/// What a probe may be instead of its class.
struct Otherwise: Sendable, Hashable {
  let probeClass: ProbeClass
  /// What decides, after "depending on".
  let condition: String
}
