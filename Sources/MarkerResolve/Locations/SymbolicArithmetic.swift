/// The arithmetic of DWARF expressions over symbolic values (DWARF 5 section 2.5.1.4). What leaves the form
/// "thing plus constant" or "bits of a thing" becomes opaque.
extension SymbolicValue {
  private static let computed = SymbolicValue.opaque("a computed value")

  /// Applies a binary operation, `left` being the second entry of the stack.
  static func binary(_ code: UInt8, _ left: Self, _ right: Self, wordBits: Int) -> Self {
    switch (left, right) {
    case (.opaque, _): return left
    case (_, .opaque): return right
    case (.constant(let a), .constant(let b)):
      return fold(code, a, b, wordBits: wordBits).map { .constant($0) } ?? .opaque("a division by zero")
    case (.term, .constant(let b)): return termWithConstant(code, left, b, wordBits: wordBits)
    case (.constant(let a), .term):
      // DW_OP_plus, and, or, xor, mul commute
      return [0x22, 0x1a, 0x21, 0x27, 0x1e].contains(code)
        ? termWithConstant(code, right, a, wordBits: wordBits) : computed
    case (.term, .term): return computed
    }
  }

  private static func termWithConstant(_ code: UInt8, _ term: Self, _ constant: UInt64, wordBits: Int) -> Self
  {
    switch code {
    case 0x22: return term.adding(Int64(bitPattern: constant))  // DW_OP_plus
    case 0x1c: return term.adding(0 &- Int64(bitPattern: constant))  // DW_OP_minus
    case 0x1a: return term.masked(constant, wordBits: wordBits)  // DW_OP_and
    case 0x21, 0x27: return constant == 0 ? term : computed  // DW_OP_or, DW_OP_xor
    case 0x1e: return constant == 1 ? term : computed  // DW_OP_mul
    case 0x24: return term.shiftedLeft(constant, wordBits: wordBits)  // DW_OP_shl
    case 0x25: return term.shiftedRight(constant, isSigned: false, wordBits: wordBits)  // DW_OP_shr
    case 0x26: return term.shiftedRight(constant, isSigned: true, wordBits: wordBits)  // DW_OP_shra
    default: return computed
    }
  }

  /// The low `width` bits, extended.
  func sliced(width: Int, isSigned: Bool, wordBits: Int) -> Self {
    switch self {
    case .opaque: return self
    case .constant(let value): return .constant(extend(value, width: width, isSigned: isSigned))
    case .term(var term):
      guard term.addend == 0, width > 0 else { return Self.computed }
      let old = term.slice ?? BitSlice(offset: 0, width: wordBits, isSigned: false)
      guard old.leftShift == 0 else { return Self.computed }
      if width >= wordBits || width > old.width && (isSigned || !old.isSigned) { return self }
      guard width <= old.width else { return Self.computed }
      term.slice = BitSlice(offset: old.offset, width: width, isSigned: isSigned)
      return .term(term)
    }
  }

  private func masked(_ mask: UInt64, wordBits: Int) -> Self {
    let width = mask.trailingOneBitCount
    guard width > 0, width == 64 || mask >> UInt64(width) == 0 else { return Self.computed }
    return sliced(width: width, isSigned: false, wordBits: wordBits)
  }

  private func shiftedLeft(_ count: UInt64, wordBits: Int) -> Self {
    guard case .term(var term) = self, term.addend == 0, count < UInt64(wordBits) else {
      return Self.computed
    }
    var slice = term.slice ?? BitSlice(offset: 0, width: wordBits, isSigned: false)
    slice.leftShift += Int(count)
    slice.width = min(slice.width, wordBits - slice.leftShift)
    guard slice.width > 0 else { return .constant(0) }
    term.slice = slice
    return .term(term)
  }

  private func shiftedRight(_ count: UInt64, isSigned: Bool, wordBits: Int) -> Self {
    guard case .term(var term) = self, term.addend == 0, count < UInt64(wordBits) else {
      return Self.computed
    }
    var slice = term.slice ?? BitSlice(offset: 0, width: wordBits, isSigned: isSigned)
    if slice.leftShift > 0 {
      // Only a shift back by the same count leaves plain bits; the sign is that of the topmost one.
      guard slice.leftShift == Int(count), slice.width == wordBits - slice.leftShift else {
        return Self.computed
      }
      slice.leftShift = 0
      slice.isSigned = isSigned
    } else {
      guard slice.width > Int(count), slice.width == wordBits || slice.isSigned == isSigned || !isSigned
      else {
        return Self.computed
      }
      if slice.width < wordBits, slice.isSigned { return Self.computed }
      slice.offset += Int(count)
      slice.width -= Int(count)
      slice.isSigned = isSigned && slice.offset + slice.width == wordBits
    }
    term.slice = slice
    return .term(term)
  }
}

extension UInt64 {
  fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}

/// The low `width` bits of a number, extended to 64.
func extend(_ value: UInt64, width: Int, isSigned: Bool) -> UInt64 {
  guard width < 64 else { return value }
  let low = value & (UInt64(1) << UInt64(width) - 1)
  let isNegative = isSigned && low >> UInt64(width - 1) & 1 == 1
  return isNegative ? low | ~(UInt64(1) << UInt64(width) - 1) : low
}

/// A binary operation on two constants of the generic type; nil for a division by zero or an unknown operation.
private func fold(_ code: UInt8, _ a: UInt64, _ b: UInt64, wordBits: Int) -> UInt64? {
  let signedA = Int64(bitPattern: extend(a, width: wordBits, isSigned: true))
  let signedB = Int64(bitPattern: extend(b, width: wordBits, isSigned: true))
  let result: UInt64
  switch code {
  case 0x1a: result = a & b
  case 0x1b:
    guard signedB != 0 else { return nil }
    result = UInt64(bitPattern: signedA.dividedReportingOverflow(by: signedB).partialValue)
  case 0x1c: result = a &- b
  case 0x1d:
    guard b != 0 else { return nil }
    result = a % b
  case 0x1e: result = a &* b
  case 0x21: result = a | b
  case 0x22: result = a &+ b
  case 0x24: result = b < UInt64(wordBits) ? a << b : 0
  case 0x25: result = b < UInt64(wordBits) ? a >> b : 0
  case 0x26: result = UInt64(bitPattern: signedA >> Int64(min(b, 63)))
  case 0x27: result = a ^ b
  case 0x29: result = signedA == signedB ? 1 : 0
  case 0x2a: result = signedA >= signedB ? 1 : 0
  case 0x2b: result = signedA > signedB ? 1 : 0
  case 0x2c: result = signedA <= signedB ? 1 : 0
  case 0x2d: result = signedA < signedB ? 1 : 0
  case 0x2e: result = signedA != signedB ? 1 : 0
  default: return nil
  }
  return extend(result, width: wordBits, isSigned: false)
}
