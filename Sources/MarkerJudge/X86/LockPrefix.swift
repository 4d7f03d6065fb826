/// arch/x86/kernel/alternative.c:alternatives_text_reserved: a kernel that booted on one processor patches LOCK
/// prefixes away and, where more processors may come, reserves them against optimisation. (Probes are tested
/// against the list too, but with an empty range, so that none is ever refused.)
enum LockPrefix {
  /// Whether the range holds one, its last byte not counted.
  static func isReserved(in range: AddressRange, of kernel: KernelImage) -> Bool {
    range.byteCount > 1 && kernel.tables.smpLocks.first(in: AddressRange(range.start, range.end &- 1)) != nil
  }
}
