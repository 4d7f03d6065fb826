import CElfutils

/// A half-open range of link addresses.
public struct AddressRange: Sendable, Hashable, Comparable {
  public let start: UInt64
  /// The first address behind the range.
  public let end: UInt64

  public init(start: UInt64, end: UInt64) {
    self.start = start
    self.end = end
  }

  public var isEmpty: Bool { start >= end }
  public func contains(_ address: UInt64) -> Bool { address >= start && address < end }
  public static func < (left: Self, right: Self) -> Bool { (left.start, left.end) < (right.start, right.end) }
}

/// A debugging information entry. A handle: never kept in a result.
public struct Die {
  let info: DwarfInfo
  let raw: Dwarf_Die

  /// `DW_TAG_…`
  public var tag: DwarfTag { withDie { DwarfTag(rawValue: UInt32(bitPattern: dwarf_tag($0))) } }

  /// The offset in the section that holds the entry; identifies it within one file.
  public var offset: UInt64 { withDie { dwarf_dieoffset($0) } }

  /// `DW_AT_name`, also through abstract origin and specification; nil when the entry has none.
  public var name: String? { withDie { dwarf_diename($0).map { String(cString: $0) } } }

  /// The children in order; empty when there are none.
  public var children: DieChildren { DieChildren(parent: self) }

  public var firstChild: Die? {
    var child = Dwarf_Die()
    return withDie { dwarf_child($0, &child) } == 0 ? Die(info: info, raw: child) : nil
  }

  public var nextSibling: Die? {
    var sibling = Dwarf_Die()
    return withDie { dwarf_siblingof($0, &sibling) } == 0 ? Die(info: info, raw: sibling) : nil
  }

  /// The address ranges from `DW_AT_low_pc`/`DW_AT_high_pc` or `DW_AT_ranges`, empty ones left out.
  public var ranges: [AddressRange] {
    var result: [AddressRange] = []
    var base: Dwarf_Addr = 0
    var start: Dwarf_Addr = 0
    var end: Dwarf_Addr = 0
    var offset = withDie { dwarf_ranges($0, 0, &base, &start, &end) }
    while offset > 0 {
      if start < end { result.append(AddressRange(start: start, end: end)) }
      offset = withDie { dwarf_ranges($0, offset, &base, &start, &end) }
    }
    return result
  }

  /// Where control enters: `DW_AT_entry_pc`, else the first range (GCC lists the hot part of a split function
  /// first; DWARF 5 section 2.18); nil when the entry has no code.
  public var entryPC: UInt64? {
    if has(.entryPC) {
      var address: Dwarf_Addr = 0
      return withDie { dwarf_entrypc($0, &address) } == 0 ? address : nil
    }
    return ranges.first?.start
  }

  /// `DW_AT_low_pc`, nil when there is none.
  public var lowPC: UInt64? {
    var address: Dwarf_Addr = 0
    return withDie { dwarf_lowpc($0, &address) } == 0 ? address : nil
  }

  /// The unit DIE of the unit that holds this entry.
  public var unitDie: Die {
    var unit = Dwarf_Die()
    _ = withDie { dwarf_diecu($0, &unit, nil, nil) }
    return Die(info: info, raw: unit)
  }

  /// The entry at an offset of the section that holds this one, which of a split unit is in another file; nil
  /// when there is none.
  public func entry(at offset: UInt64) -> Die? {
    guard let cu = raw.cu, let dwarf = dwarf_cu_getdwarf(cu) else { return nil }
    var die = Dwarf_Die()
    return dwarf_offdie(dwarf, offset, &die) == nil ? nil : Die(info: info, raw: die)
  }

  func withDie<Result>(_ body: (UnsafeMutablePointer<Dwarf_Die>) -> Result) -> Result {
    var copy = raw
    return body(&copy)
  }
}

/// The children of an entry, lazily.
public struct DieChildren: Sequence, IteratorProtocol {
  private var upcoming: Die?

  init(parent: Die) { upcoming = parent.firstChild }

  public mutating func next() -> Die? {
    guard let current = upcoming else { return nil }
    upcoming = current.nextSibling
    // A damaged DW_AT_sibling may point backwards: siblings stand behind each other (DWARF 5 section 2.3).
    if let here = current.raw.addr, let there = upcoming?.raw.addr, there <= here { upcoming = nil }
    return current
  }
}
