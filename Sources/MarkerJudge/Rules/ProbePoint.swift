/// One address as the rules see it.
struct ProbePoint {
  /// The address that the kernel would probe, adjusted as the kernel adjusts it.
  let address: UInt64
  let symbol: KernelSymbols.Match
  let kernel: KernelImage
  /// The symbol's code as the running kernel is taken to have it.
  let code: FunctionCode

  /// The distance from the symbol in bytes.
  var offset: UInt64 { address - symbol.range.start }
}

/// A rule by which a kernel refuses a probe.
///
/// Each rule is a type of its own that names the kernel function which holds it; `RuleTable` says which rules
/// a kernel has, and in which order they are tested.
protocol RefusalRule: Sendable {
  var name: RuleName { get }
  var errno: ProbeErrno { get }
  /// Why the rule refuses the probe, lower case without full stop; nil when it does not.
  func objection(to probe: ProbePoint) -> String?
}
