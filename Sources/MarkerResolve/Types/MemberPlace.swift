import Elfutils

/// Where a member is in its structure.
struct MemberPlace {
  /// No object is larger; offsets beyond it are damage, and sums of what lies below it do not overflow.
  private static let largestOffset: Int64 = 1 << 40

  let type: CType
  /// Bytes from the start of the outermost structure asked.
  let byteOffset: Int64
  /// The bits of a bit field, from the least significant bit of the `byteCount` bytes at `byteOffset`.
  let bits: Bits?

  struct Bits {
    let offset: Int
    let width: Int
    let byteCount: Int
  }

  /// Finds a member by name, also inside anonymous structures and unions; nil when there is none.
  static func find(_ name: String, in structure: Die, isBigEndian: Bool, depth: Int = 0) -> MemberPlace? {
    guard depth < 32 else { return nil }
    for child in structure.children where child.tag == .member {
      if let own = child.name {
        if own == name { return MemberPlace(member: child, isBigEndian: isBigEndian) }
        continue
      }
      guard let inner = CType.of(child).die,
        let found = find(name, in: inner, isBigEndian: isBigEndian, depth: depth + 1),
        let outer = MemberPlace(member: child, isBigEndian: isBigEndian)
      else { continue }
      return MemberPlace(type: found.type, byteOffset: outer.byteOffset + found.byteOffset, bits: found.bits)
    }
    return nil
  }

  /// The names of all members, those of anonymous ones included, for "did you mean".
  static func names(in structure: Die, depth: Int = 0) -> [String] {
    guard depth < 8 else { return [] }
    return structure.children.filter { $0.tag == .member }.flatMap { child -> [String] in
      if let name = child.name { return [name] }
      return CType.of(child).die.map { names(in: $0, depth: depth + 1) } ?? []
    }
  }

  private init(type: CType, byteOffset: Int64, bits: Bits?) {
    self.type = type
    self.byteOffset = byteOffset
    self.bits = bits
  }

  /// nil when the offset is not a constant or the bit field is damaged.
  private init?(member: Die, isBigEndian: Bool) {
    let type = CType.of(member)
    let location: Int64
    if member.has(.dataMemberLocation) {
      guard let constant = Self.constantOffset(member), constant > -Self.largestOffset,
        constant < Self.largestOffset
      else { return nil }
      location = constant
    } else {
      location = 0
    }
    guard let width = member.unsigned(.bitSize).flatMap({ Int(exactly: $0) }) else {
      self.init(type: type, byteOffset: location, bits: nil)
      return
    }
    let storage = Int(
      clamping: member.unsigned(.byteSize) ?? UInt64(type.byteCount(addressByteCount: 8) ?? 4))
    guard width > 0, width <= 64, (1...8).contains(storage) else { return nil }
    let order = member.signed(.dataBitOffset) ?? member.signed(.bitOffset) ?? 0
    guard order > -Self.largestOffset, order < Self.largestOffset else { return nil }
    if let start = member.signed(.dataBitOffset) {
      // DWARF 4 and later: bits from the start of the structure, in the order of the target (section 5.7.6).
      self.init(type: type, bitsFromStart: location * 8 + start, width: width, storage: storage, isBigEndian)
    } else if let offset = member.signed(.bitOffset) {
      // DWARF 3: bits from the most significant bit of the storage unit.
      let low = Int64(storage * 8 - width) - offset
      let fromStart = isBigEndian ? location * 8 + offset : location * 8 + low
      self.init(type: type, bitsFromStart: fromStart, width: width, storage: storage, isBigEndian)
    } else {
      self.init(type: type, bitsFromStart: location * 8, width: width, storage: storage, isBigEndian)
    }
  }

  /// Picks the container that a fetch argument reads: the storage unit where the field lies in one, else the
  /// smallest one that begins at the field's first byte.
  private init?(type: CType, bitsFromStart start: Int64, width: Int, storage: Int, _ isBigEndian: Bool) {
    let unit = Int64(storage * 8)
    var first = Int64((Double(start) / Double(unit)).rounded(.down)) * unit
    var size = storage
    if start - first + Int64(width) > unit {
      first = start >= 0 ? start / 8 * 8 : (start - 7) / 8 * 8
      guard let fitting = [1, 2, 4, 8].first(where: { Int64($0 * 8) >= start - first + Int64(width) }) else {
        return nil
      }
      size = fitting
    }
    let inside = Int(start - first)
    let bits = Bits(offset: isBigEndian ? size * 8 - inside - width : inside, width: width, byteCount: size)
    self.init(type: type, byteOffset: first / 8, bits: bits)
  }

  /// A constant, or a location expression `DW_OP_plus_uconst n` as DWARF 2 wrote it.
  private static func constantOffset(_ member: Die) -> Int64? {
    if let constant = member.signed(.dataMemberLocation) { return constant }
    guard let operations = member.expression(.dataMemberLocation), operations.count == 1,
      operations[0].code == 0x23
    else { return nil }
    return Int64(exactly: operations[0].operand1)
  }
}
