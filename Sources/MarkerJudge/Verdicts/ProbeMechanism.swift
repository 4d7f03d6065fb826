/// How an accepted probe works.
struct ProbeMechanism: Sendable, Hashable {
  var probeClass: ProbeClass
  /// What an optimised probe is where the kernel cannot optimise it after all.
  var trapClass: ProbeClass?
  /// The bytes that the jump of an optimised probe replaces.
  var replacedByteCount: Int?
  /// Why the probe is not optimised.
  var obstacle: Obstacle?
}
