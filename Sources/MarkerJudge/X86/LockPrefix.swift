/// arch/x86/kernel/alternative.c:alternatives_text_reserved: a kernel that booted on one processor patches LOCK
/// prefixes away and reserves them against optimisation. (Probes are tested against the list too, but with an
/// empty range, so that none is ever refused.)
enum LockPrefix {
  /// The first reserved byte in a range, the range's last byte not counted; nil without one.
  static func reserved(in range: AddressRange, of kernel: KernelImage) -> UInt64? {
    range.byteCount > 1 ? kernel.tables.smpLocks.first(in: AddressRange(range.start, range.end &- 1)) : nil
  }
}
