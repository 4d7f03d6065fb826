import Elfutils

/// An object of a C type at a place.
struct TypedObject {
  var type: CType
  var location: ValueLocation
  /// The bits of a bit field inside the location's bytes.
  var bits: MemberPlace.Bits?
  /// Whether a pointer of the program is followed to read the object.
  var followsPointer = false
  /// The entry of the location list that it was found by, when it is a variable, or a part of one, whose location
  /// follows the code.
  var track: LocationTrack?

  var isTracked: Bool { track != nil }

  /// Whether the debugging information gives the value itself and nothing is read at the site.
  var isConstant: Bool {
    switch location {
    case .bytes, .value(.constant): true
    case .memory, .value, .implicitPointer, .pieces: false
    }
  }

  /// The constant as a number; nil for what is read at the site, and for bytes.
  var number: Int64? {
    if case .value(.constant(let value)) = location { return Int64(bitPattern: value) }
    return nil
  }

  /// The part of the object that a member is.
  func member(_ place: MemberPlace, in layout: ByteLayout) throws(NoValue) -> TypedObject {
    let byteCount = place.bits?.byteCount ?? place.type.byteCount(addressByteCount: layout.wordBytes) ?? 0
    let part = try Self.part(
      location, of: type.byteCount(addressByteCount: layout.wordBytes), byteOffset: place.byteOffset,
      byteCount: byteCount, in: layout)
    return TypedObject(
      type: place.type, location: part, bits: place.bits, followsPointer: followsPointer, track: track
    )
  }

  /// The `byteCount` bytes at an offset of an object of `wholeByteCount` bytes; nil: of unknown size.
  static func part(
    _ location: ValueLocation, of wholeByteCount: Int?, byteOffset: Int64, byteCount: Int,
    in layout: ByteLayout
  ) throws(NoValue) -> ValueLocation {
    switch location {
    case .memory(let address): return .memory(address.adding(byteOffset))
    case .value(let value):
      guard let low = layout.lowByte(ofPart: byteOffset, byteCount, of: wholeByteCount) else {
        throw NoValue(.notExpressible("a part beyond a register"))
      }
      return .value(try bits(of: value, low, byteCount, layout.wordBits))
    case .bytes(let bytes):
      guard byteOffset >= 0, byteCount > 0, byteCount <= bytes.count,
        byteOffset <= Int64(bytes.count - byteCount)
      else {
        throw NoValue(.notExpressible("a part beyond a constant"))
      }
      return .bytes(Array(bytes[Int(byteOffset)..<Int(byteOffset) + byteCount]))
    case .implicitPointer: throw NoValue(.notExpressible("a part of a pointer that was optimised out"))
    case .pieces(let pieces): return try piece(pieces, byteOffset, byteCount, layout)
    }
  }

  /// The least significant `byteCount` bytes of a number of `wholeByteCount` bytes: on big-endian machines its last.
  static func lowBytes(
    _ byteCount: Int, of wholeByteCount: Int, _ location: ValueLocation, in layout: ByteLayout
  ) throws(NoValue) -> ValueLocation {
    guard layout.isBigEndian, byteCount < wholeByteCount else { return location }
    return try part(
      location, of: wholeByteCount, byteOffset: Int64(wholeByteCount - byteCount), byteCount: byteCount,
      in: layout)
  }

  private static func bits(
    of value: SymbolicValue, _ byteOffset: Int64, _ byteCount: Int, _ wordBits: Int
  ) throws(NoValue) -> SymbolicValue {
    guard byteOffset >= 0, byteOffset < 8, byteCount > 0, byteCount <= 8 else {
      throw NoValue(.notExpressible("a part beyond a register"))
    }
    let shifted = SymbolicValue.binary(0x25, value, .constant(UInt64(byteOffset) * 8), wordBits: wordBits)
    return (byteOffset == 0 ? value : shifted).sliced(
      width: byteCount * 8, isSigned: false, wordBits: wordBits)
  }

  private static func piece(
    _ pieces: [ValueLocation.Piece], _ byteOffset: Int64, _ byteCount: Int, _ layout: ByteLayout
  ) throws(NoValue) -> ValueLocation {
    guard byteOffset >= 0, byteOffset < 1 << 40, byteCount < 1 << 40 else {
      throw NoValue(.notExpressible("a part beyond its object"))
    }
    var start: Int64 = 0
    let wanted = byteOffset * 8
    for piece in pieces {
      let end = start + Int64(piece.bitCount)
      if wanted >= start, wanted + Int64(byteCount * 8) <= end {
        guard let inner = piece.location else { throw NoValue(.optimisedOut) }
        guard piece.bitOffset == 0, (wanted - start) % 8 == 0 else {
          throw NoValue(.notExpressible("a part that is not on a byte"))
        }
        return try part(
          inner, of: piece.bitCount / 8, byteOffset: (wanted - start) / 8, byteCount: byteCount, in: layout)
      }
      start = end
    }
    throw NoValue(.notExpressible("a value in several pieces"))
  }
}

/// How objects of several bytes lie in memory and in registers.
struct ByteLayout {
  let wordBytes: Int
  let isBigEndian: Bool

  var wordBits: Int { wordBytes * 8 }

  /// The bytes of a register below a part of an object that lies in the register's low bytes, the most significant
  /// one first on big-endian machines; nil: the part is not in the object, or the object's size is not known.
  func lowByte(ofPart byteOffset: Int64, _ byteCount: Int, of wholeByteCount: Int?) -> Int64? {
    guard isBigEndian else { return byteOffset }
    guard let whole = wholeByteCount, byteOffset >= 0, byteOffset <= Int64(whole) - Int64(byteCount) else {
      return nil
    }
    return Int64(whole) - Int64(byteCount) - byteOffset
  }
}
