extension KernelRules {
  /// Verdicts on probes that are armed together: one whose replaced bytes hold another probe is not optimised
  /// (arch_check_optimized_kprobe); in the order of the addresses.
  public func verdicts(together addresses: [UInt64]) -> [ProbeVerdict] {
    let verdicts = addresses.map(verdict)
    let armed = AddressList(verdicts.filter(\.isAccepted).map(\.address))
    return verdicts.map { $0.beside(armed) }
  }
}

extension ProbeVerdict {
  /// The verdict given the other probes that are armed.
  func beside(_ armed: AddressList) -> ProbeVerdict {
    guard let replacedByteCount, let trapClass,
      let other = armed.first(in: AddressRange(address &+ 1, address &+ UInt64(replacedByteCount)))
    else { return self }
    return ProbeVerdict(
      address: address, decision: decision, probeClass: trapClass, obstacle: .otherProbe(at: other),
      remarks: remarks)
  }
}
