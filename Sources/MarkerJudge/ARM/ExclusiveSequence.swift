/// Places between an exclusive load and its store: a trap or a jump there clears the monitor, the store fails, and
/// the loop around the two never ends. arm64 kernels refuse kernel probes there; 32-bit ARM kernels and all kernels
/// with user probes take them.
enum ExclusiveSequence {
  /// What is said of such a probe.
  static let hazard =
    "the probe stands between an exclusive load and its store, which then never succeeds: the code loops for ever"

  /// How many instructions are looked back over.
  private static let reach = 32

  /// Whether an A32 instruction stands in such a sequence.
  ///
  /// - Parameter word: gives the word at an address; nil before the function's start.
  static func holdsARM(_ address: UInt64, word: (UInt64) -> UInt32?) -> Bool {
    // ldrex, ldrexb, ldrexh, ldrexd and strex with the same endings (Arm ARM, A5.2.10).
    holds(address, word, load: (0x0f90_0ff0, 0x0190_0f90), store: (0x0f90_0ff0, 0x0180_0f90))
  }

  /// Whether an A64 instruction stands in such a sequence.
  static func holdsARM64(_ address: UInt64, word: (UInt64) -> UInt32?) -> Bool {
    holds(address, word, load: (0x3f40_0000, 0x0840_0000), store: (0x3f40_0000, 0x0800_0000))
  }

  private static func holds(
    _ address: UInt64, _ word: (UInt64) -> UInt32?, load: (mask: UInt32, value: UInt32),
    store: (mask: UInt32, value: UInt32)
  ) -> Bool {
    for step in 1...reach {
      guard let found = word(address &- UInt64(4 * step)) else { return false }
      if found & store.mask == store.value { return false }
      if found & load.mask == load.value { return true }
    }
    return false
  }
}
