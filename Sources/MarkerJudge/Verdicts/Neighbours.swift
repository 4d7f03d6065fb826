extension KernelRules {
  /// Verdicts on probes that are armed together: one whose replaced bytes hold another probe is not optimised
  /// (arch_check_optimized_kprobe); in the order of the addresses.
  public func verdicts(together addresses: [UInt64]) -> [ProbeVerdict] {
    let verdicts = addresses.map(verdict)
    let armed = AddressList(verdicts.filter(\.isAccepted).map(\.address))
    return verdicts.map { $0.beside(armed) }
  }
}

extension Sequence where Element == ProbeVerdict {
  /// The pairs of probes of which the first is not optimised while the second, among the bytes that the first
  /// replaces, is armed; in ascending order.
  public var overlaps: [(probe: UInt64, other: UInt64)] {
    let armed = AddressList(filter(\.isAccepted).map(\.address))
    let pairs = compactMap { verdict in
      verdict.neighbour(among: armed).map { (probe: verdict.address, other: $0) }
    }
    return pairs.sorted { ($0.probe, $0.other) < ($1.probe, $1.other) }
  }
}

extension ProbeVerdict {
  /// The lowest of the armed probes among the bytes that this one replaces; nil when none is there.
  func neighbour(among armed: AddressList) -> UInt64? {
    replacedByteCount.flatMap { armed.first(in: AddressRange(address &+ 1, address &+ UInt64($0))) }
  }

  /// The verdict given the other probes that are armed.
  func beside(_ armed: AddressList) -> ProbeVerdict {
    guard let trapClass, let other = neighbour(among: armed) else { return self }
    return ProbeVerdict(
      address: address, decision: decision, probeClass: trapClass, obstacle: .otherProbe(at: other),
      remarks: remarks, isConditional: isConditional, hazard: hazard)
  }
}
