import Elfutils

/// What the location list of a variable says at a site.
struct LocationTrack {
  /// Where the entry that holds at the site begins; nil when there is none.
  var begin: UInt64?
  /// Whether the list tells the source states at one address apart (`DW_AT_GNU_locviews`): such lists follow the
  /// statements, the others the instructions that are left of them.
  var hasViews = false
  /// Whether the entry just before computes the variable from what lies at the very place that this one gives: LLVM
  /// forgets the computation of a register that it spills.
  var isComputedBefore = false
  /// Whether the list says the same as at the site in a part of the inlined body only.
  var isPartial = false
  /// Where the list gives a register, by DWARF number.
  var registers: [(range: AddressRange, register: UInt64)] = []

  /// The register that the list gives at an address.
  func register(at address: UInt64) -> UInt64? {
    registers.first { $0.range.contains(address) && $0.register < 32 }?.register
  }
}
