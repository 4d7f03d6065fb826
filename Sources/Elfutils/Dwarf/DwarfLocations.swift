import CElfutils

/// One operation of a DWARF expression, operands decoded, nothing decided (DWARF 5 section 2.5).
public struct DwarfOperation: Sendable, Hashable {
  /// `DW_OP_…`
  public let code: UInt8
  public let operand1: UInt64
  public let operand2: UInt64
  /// Bytes from the start of the expression; branches count from here.
  public let offset: UInt64
  /// What an operand refers to.
  public let payload: Payload

  public enum Payload: Sendable, Hashable {
    case none
    /// `DW_OP_implicit_value`: the bytes of the value.
    case bytes([UInt8])
    /// `DW_OP_entry_value`: the expression evaluated at function entry.
    case expression([DwarfOperation])
    /// `DW_OP_implicit_pointer` and `DW_OP_call*`: the offset of the entry referred to.
    case entry(UInt64)
    /// `DW_OP_convert`, `DW_OP_regval_type` and kin: size and encoding of the base type; nil for the generic type.
    case baseType(byteCount: Int, encoding: UInt64)
    /// `DW_OP_const_type`: the bytes of the constant with size and encoding of its base type.
    case typedConstant([UInt8], byteCount: Int, encoding: UInt64)
    /// `DW_OP_addrx`: the address of the entry in `.debug_addr`.
    case address(UInt64)
  }
}

/// One entry of a location list, or a single location description that holds everywhere.
public struct LocationEntry: Sendable, Hashable {
  /// Where the entry holds; nil: everywhere in the scope. May be empty when only views tell its ends apart.
  public let range: AddressRange?
  /// The view numbers at start and end (`DW_AT_GNU_locviews`); nil when the list carries none.
  public let views: ClosedViews?
  /// Empty: the object has no location here.
  public let operations: [DwarfOperation]

  public struct ClosedViews: Sendable, Hashable {
    public let start: UInt64
    public let end: UInt64
  }
}

extension Die {
  /// The location entries of an attribute (`DW_AT_location`, `DW_AT_frame_base`, …), in list order; empty when
  /// absent. nil when the expression or list cannot be decoded.
  public func locations(_ name: DwarfAttributeName) -> [LocationEntry]? {
    guard var attribute = attribute(name) else { return [] }
    var result: [LocationEntry] = []
    var base: Dwarf_Addr = 0
    var start: Dwarf_Addr = 0
    var end: Dwarf_Addr = 0
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    let isList = dwarf_whatform(&attribute) != 0x18 && !isBlock(dwarf_whatform(&attribute))
    let views = isList ? locationViews() : []
    var offset = dwarf_getlocations(&attribute, 0, &base, &start, &end, &operations, &count)
    while offset > 0 {
      let pair = result.count < views.count ? views[result.count] : nil
      result.append(
        LocationEntry(
          range: isList ? AddressRange(start: start, end: end) : nil, views: pair,
          operations: decode(UnsafeBufferPointer(start: operations, count: count), attribute)))
      offset = dwarf_getlocations(&attribute, offset, &base, &start, &end, &operations, &count)
    }
    return offset < 0 ? nil : result
  }

  /// The location at an address when the list cannot be decoded as a whole: libdw 0.188 gives up a list for one
  /// `DW_OP_GNU_uninit` in it, and reads single entries. nil when none covers the address or that one cannot be
  /// decoded, or when views decide at the address and cannot be told.
  public func location(_ name: DwarfAttributeName, at address: UInt64) -> LocationEntry? {
    guard let here = operations(name, at: address) else { return nil }
    let isBorder = operations(name, at: address &- 1) != here
    if isBorder, locationViews().contains(where: { $0.start != 0 || $0.end != 0 }) { return nil }
    return LocationEntry(
      range: AddressRange(start: address, end: address &+ 1), views: nil, operations: here)
  }

  private func operations(_ name: DwarfAttributeName, at address: UInt64) -> [DwarfOperation]? {
    guard var attribute = attribute(name) else { return nil }
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    guard dwarf_getlocation_addr(&attribute, address, &operations, &count, 1) == 1 else { return nil }
    return decode(UnsafeBufferPointer(start: operations, count: count), attribute)
  }

  /// A `DW_FORM_exprloc` or block attribute that is one expression; nil when absent or a location list.
  public func expression(_ name: DwarfAttributeName) -> [DwarfOperation]? {
    guard let entries = locations(name), entries.count == 1, let entry = entries.first, entry.range == nil
    else {
      return nil
    }
    return entry.operations
  }

  private func isBlock(_ form: UInt32) -> Bool { [0x03, 0x04, 0x09, 0x0a].contains(form) }

  /// The view pairs that `DW_AT_GNU_locviews` points at: ULEB128 pairs in list order, which end where the
  /// location list begins.
  private func locationViews() -> [LocationEntry.ClosedViews] {
    guard let start = unsigned(.gnuLocviews), let end = unsigned(.location), start < end else { return [] }
    var version: Dwarf_Half = 0
    _ = withDie { dwarf_cu_info($0.pointee.cu, &version, nil, nil, nil, nil, nil, nil) }
    // The lists of a split unit are in another file.
    guard let cu = raw.cu, dwarf_cu_getdwarf(cu) == info.dwarf else { return [] }
    let section = info.locationSection(version: Int(version))
    guard end <= UInt64(section.count) else { return [] }
    return readViews(UnsafeRawBufferPointer(rebasing: section[Int(start)..<Int(end)]))
  }

  func decode(_ operations: UnsafeBufferPointer<Dwarf_Op>, _ attribute: Dwarf_Attribute) -> [DwarfOperation] {
    operations.indices.map { index in
      let operation = operations[index]
      return DwarfOperation(
        code: operation.atom, operand1: operation.number, operand2: operation.number2,
        offset: operation.offset,
        payload: payload(operations.baseAddress.map { $0 + index }, attribute))
    }
  }

  private func payload(_ operation: UnsafePointer<Dwarf_Op>?, _ attribute: Dwarf_Attribute)
    -> DwarfOperation.Payload
  {
    guard let operation else { return .none }
    var attribute = attribute
    switch operation.pointee.atom {
    case 0x9e:  // DW_OP_implicit_value
      var block = Dwarf_Block()
      guard dwarf_getlocation_implicit_value(&attribute, operation, &block) == 0, let data = block.data else {
        return .none
      }
      return .bytes(Array(UnsafeBufferPointer(start: data, count: Int(block.length))))
    case 0xa3, 0xf3:  // DW_OP_entry_value, DW_OP_GNU_entry_value
      return nestedExpression(&attribute, operation)
    case 0xa0, 0xf2, 0x98, 0x99, 0x9a:  // DW_OP_implicit_pointer, its GNU form, DW_OP_call2, call4, call_ref
      var die = Dwarf_Die()
      guard dwarf_getlocation_die(&attribute, operation, &die) == 0 else { return .none }
      return .entry(dwarf_dieoffset(&die))
    case 0xa1, 0xfb:  // DW_OP_addrx, DW_OP_GNU_addr_index
      var nested = Dwarf_Attribute()
      var address: Dwarf_Addr = 0
      guard dwarf_getlocation_attr(&attribute, operation, &nested) == 0,
        dwarf_formaddr(&nested, &address) == 0
      else { return .none }
      return .address(address)
    case 0xa4, 0xf4: return typedConstant(&attribute, operation)  // DW_OP_const_type
    case 0xa5, 0xf5, 0xa6, 0xf6, 0xa8, 0xf7, 0xa9, 0xf9:  // the other typed operations
      return typedOperand(&attribute, operation)
    default:
      return .none
    }
  }

  private func nestedExpression(
    _ attribute: inout Dwarf_Attribute, _ operation: UnsafePointer<Dwarf_Op>
  ) -> DwarfOperation.Payload {
    var nested = Dwarf_Attribute()
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    guard dwarf_getlocation_attr(&attribute, operation, &nested) == 0,
      dwarf_getlocation(&nested, &operations, &count) == 0
    else { return .none }
    return .expression(decode(UnsafeBufferPointer(start: operations, count: count), nested))
  }

  private func typedConstant(
    _ attribute: inout Dwarf_Attribute, _ operation: UnsafePointer<Dwarf_Op>
  ) -> DwarfOperation.Payload {
    guard case .baseType(let byteCount, let encoding) = typedOperand(&attribute, operation) else {
      return .none
    }
    var nested = Dwarf_Attribute()
    var block = Dwarf_Block()
    guard dwarf_getlocation_attr(&attribute, operation, &nested) == 0, dwarf_formblock(&nested, &block) == 0,
      let data = block.data
    else { return .none }
    let bytes = Array(UnsafeBufferPointer(start: data, count: Int(block.length)))
    return .typedConstant(bytes, byteCount: byteCount, encoding: encoding)
  }

  private func typedOperand(
    _ attribute: inout Dwarf_Attribute, _ operation: UnsafePointer<Dwarf_Op>
  ) -> DwarfOperation.Payload {
    var die = Dwarf_Die()
    guard dwarf_getlocation_die(&attribute, operation, &die) == 0 else {
      return .baseType(byteCount: 0, encoding: 0)
    }
    let type = Die(info: info, raw: die)
    return .baseType(
      byteCount: Int(clamping: type.unsigned(.byteSize) ?? 0), encoding: type.unsigned(.encoding) ?? 0)
  }
}

extension DwarfInfo {
  func locationSection(version: Int) -> UnsafeRawBufferPointer {
    version >= 5 ? locationLists5 : locationLists4
  }
}

private func readViews(_ bytes: UnsafeRawBufferPointer) -> [LocationEntry.ClosedViews] {
  var numbers: [UInt64] = []
  var value: UInt64 = 0
  var shift: UInt64 = 0
  for byte in bytes {
    if shift < 63 { value |= UInt64(byte & 0x7f) << shift }
    shift += 7
    if byte & 0x80 == 0 {
      numbers.append(value)
      value = 0
      shift = 0
    }
  }
  return stride(from: 0, to: numbers.count - 1, by: 2).map {
    LocationEntry.ClosedViews(start: numbers[$0], end: numbers[$0 + 1])
  }
}
