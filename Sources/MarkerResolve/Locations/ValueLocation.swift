/// Where an object is at a site (DWARF 5 section 2.6), operations consumed.
indirect enum ValueLocation: Hashable {
  /// In memory at an address.
  case memory(SymbolicValue)
  /// In a register, or a value that exists nowhere (`DW_OP_stack_value`): never to be dereferenced in its place.
  case value(SymbolicValue)
  /// The bytes of the object themselves, in target order (`DW_OP_implicit_value`, `DW_AT_const_value`).
  case bytes([UInt8])
  /// A pointer that was optimised away; the object it points at is described by the entry, plus a byte offset.
  case implicitPointer(entry: UInt64, byteOffset: Int64)
  /// In pieces, in order from the least byte; nil: that piece was optimised out.
  case pieces([Piece])

  struct Piece: Hashable {
    let bitCount: Int
    /// Bits from the least significant one of the location.
    let bitOffset: Int
    let location: ValueLocation?
  }
}

/// Why there is no value: an absence on its way up.
struct NoValue: Error {
  let absence: Absence

  init(_ absence: Absence) { self.absence = absence }
}
