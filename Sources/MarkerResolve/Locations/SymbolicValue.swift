/// A value as far as it can be written down for tracefs: a constant, or one thing read at the site plus a constant.
indirect enum SymbolicValue: Hashable, Sendable {
  case constant(UInt64)
  case term(Term)
  /// There is a value, but nothing that tracefs knows computes it; the words say what it takes.
  case opaque(String)

  struct Term: Hashable, Sendable {
    var base: Base
    var addend: Int64
    /// The bits of the base that the value is; nil: all of them. With a slice the addend is 0.
    var slice: BitSlice?
  }

  /// What is read at the site.
  indirect enum Base: Hashable, Sendable {
    /// A register, by DWARF number.
    case register(UInt64)
    /// A place in the image, whose link address is the addend: the machine relocates it.
    case image
    /// Memory at an address, `byteCount` bytes, zero-extended.
    case load(SymbolicValue, byteCount: Int)
  }

  static func register(_ number: UInt64, plus addend: Int64 = 0) -> Self {
    .term(Term(base: .register(number), addend: addend, slice: nil))
  }

  static func image(_ address: UInt64) -> Self {
    .term(Term(base: .image, addend: Int64(bitPattern: address), slice: nil))
  }

  static func load(_ address: SymbolicValue, byteCount: Int) -> Self {
    if case .opaque = address { return address }
    return .term(Term(base: .load(address, byteCount: byteCount), addend: 0, slice: nil))
  }

  /// The value plus a constant.
  func adding(_ amount: Int64) -> Self {
    switch self {
    case .constant(let value): .constant(value &+ UInt64(bitPattern: amount))
    case .opaque: self
    case .term(var term):
      if amount == 0 {
        self
      } else if term.slice != nil {
        .opaque("a computed value")
      } else {
        { () -> Self in
          term.addend &+= amount
          return .term(term)
        }()
      }
    }
  }
}

/// Consecutive bits of a value, extended to full width.
struct BitSlice: Hashable, Sendable {
  /// Bits from the least significant one.
  var offset: Int
  var width: Int
  var isSigned: Bool
  /// Zero bits appended below: an unfinished `shl` that a right shift will take away again.
  var leftShift = 0
}
