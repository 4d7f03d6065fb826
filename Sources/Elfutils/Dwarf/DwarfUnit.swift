import CElfutils

/// One unit of `.debug_info` (DWARF 5 section 7.5.1).
public struct DwarfUnit {
  let info: DwarfInfo
  /// The DWARF version of the unit.
  public let version: Int
  /// A `DW_UT_…` value; 1 (compile) for DWARF 4 and older.
  public let unitType: UInt8
  let rawDie: Dwarf_Die
  let splitDie: Dwarf_Die

  init(info: DwarfInfo, version: Int, unitType: UInt8, die: Dwarf_Die, splitDie: Dwarf_Die) {
    self.info = info
    self.version = version
    self.unitType = unitType
    rawDie = die
    self.splitDie = splitDie
  }

  /// The unit DIE in the file itself: of a split unit the skeleton.
  public var die: Die { Die(info: info, raw: rawDie) }

  /// The unit DIE that holds the entries: of a split unit the one in the `.dwo` or `.dwp` file.
  /// nil when that file cannot be found.
  public var contents: Die? {
    guard isSkeleton else { return die }
    return splitDie.addr == nil ? nil : Die(info: info, raw: splitDie)
  }

  /// The name of the file with the entries, as the compiler wrote it; nil when they are in this file.
  public var splitFileName: String? { die.string(.dwoName) ?? die.string(.gnuDwoName) }

  /// Whether the entries are in a split file (`DW_UT_skeleton`, or `DW_AT_GNU_dwo_name` before DWARF 5).
  public var isSkeleton: Bool { unitType == 4 || die.has(.gnuDwoName) || die.has(.dwoName) }

  /// `DW_AT_stmt_list`: the offset of the line number program in `.debug_line`, nil when there is none.
  public var lineProgramOffset: UInt64? { die.unsigned(.stmtList) }

  /// The size of an address in bytes.
  public var addressByteCount: Int {
    var die = rawDie
    var addressSize: UInt8 = 0
    var offsetSize: UInt8 = 0
    var result = Dwarf_Die()
    guard dwarf_diecu(&die, &result, &addressSize, &offsetSize) != nil else { return 8 }
    return Int(addressSize)
  }
}
