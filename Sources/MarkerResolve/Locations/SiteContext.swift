import Elfutils

/// The moment that values are asked at: an address, and which of the source states that follow each other there.
struct SiteMoment {
  let address: UInt64
  /// The view number of the line table row that stands for the marker.
  let view: UInt64
}

/// Answers what a DWARF expression asks at one site of one instance.
struct SiteContext: LocationContext {
  let info: DwarfInfo
  let machine: Machine
  let addressByteCount: Int
  let isBigEndian: Bool
  let moment: SiteMoment
  /// The out-of-line instance whose frame the code runs in.
  let container: Die
  let variables: InstanceVariables
  /// The marker's file in the unit, to say on which lines a variable is live.
  let file: MarkedFile
  /// The ranges of the inlined body that the site is of; nil out of line.
  let body: [AddressRange]?
  /// Whether a register still holds at the site what it held at the container's entry.
  let holdsEntryValue: (UInt64) -> Bool
  /// Whether a register holds at the site the variable that lives in it for its whole life.
  let holdsVariable: (UInt64, Die) -> Bool
  /// The stack of the container's code; nil when it cannot be read.
  let stack: StackSlots?

  func frameBase() throws(NoValue) -> SymbolicValue {
    guard let entries = container.locations(.frameBase), let entry = covering(entries) else {
      throw NoValue(.notExpressible("the frame base is not known here"))
    }
    guard isSelfContained(entry.operations, allowsCFA: true) else {
      throw NoValue(.notExpressible("a frame base that refers to itself"))
    }
    let base = try LocationMachine.value(entry.operations, in: self)
    if let stack, base == .register(stack.stackPointer), !stack.isFrameWhole(at: moment.address) {
      throw NoValue(.uncertain("the function's stack frame is not whole at the probe"))
    }
    return base
  }

  func canonicalFrameAddress() throws(NoValue) -> SymbolicValue {
    guard let operations = info.canonicalFrameAddress(at: moment.address) else {
      throw NoValue(.notExpressible("no call frame information here"))
    }
    guard isSelfContained(operations, allowsCFA: false) else {
      throw NoValue(.notExpressible("a call frame address that refers to itself"))
    }
    return try LocationMachine.value(operations, in: self)
  }

  func entryValue(_ expression: [DwarfOperation]) throws(NoValue) -> SymbolicValue {
    guard expression.count == 1, let register = expression[0].register else {
      throw NoValue(.entryValueOnly)
    }
    guard holdsEntryValue(register) else { throw NoValue(.entryValueOnly) }
    return .register(register)
  }

  func expression(ofEntry offset: UInt64) throws(NoValue) -> [DwarfOperation] {
    guard let die = container.entry(at: offset), let entries = die.locations(.location),
      let entry = covering(entries)
    else {
      throw NoValue(.optimisedOut)
    }
    return entry.operations
  }

  /// The location of an entry (a variable, a parameter) at this moment.
  func location(of die: Die) throws(NoValue) -> ValueLocation {
    if die.has(.constValue) { return try constant(of: die) }
    guard let entries = die.locations(.location) else {
      guard let entry = die.location(.location, at: moment.address) else {
        throw NoValue(.notExpressible("a location that cannot be decoded"))
      }
      return try LocationMachine.location(entry.operations, in: self)
    }
    let live = entries.filter { !$0.operations.isEmpty }
    guard !live.isEmpty else { throw NoValue(.optimisedOut) }
    guard let entry = covering(entries), !entry.operations.isEmpty else {
      throw NoValue(.notLiveHere(live: nearest(live.compactMap(\.range).filter { !$0.isEmpty })))
    }
    if entry.range == nil, let register = entry.operations.first?.register, !holdsVariable(register, die) {
      throw NoValue(.uncertain("its register is used for something else in places that are not told"))
    }
    let location = try LocationMachine.location(entry.operations, in: self)
    // Single locations hold in the variable's scope (DWARF 5 section 2.6), which is not where a caller's statement is.
    let isInScope = body?.contains { $0.contains(moment.address) } ?? true
    guard isInScope || entry.range != nil || location.isFixed else { throw NoValue(.notLiveHere(live: [])) }
    return location
  }

  /// What the location list says of an entry here; nil when the entry has one location for its whole life.
  func track(of die: Die) -> LocationTrack? {
    guard let entries = die.locations(.location) else { return LocationTrack() }
    guard entries.contains(where: { $0.range != nil }) else { return nil }
    let here = covering(entries)
    return LocationTrack(
      begin: here?.range?.start, hasViews: entries.contains { $0.views != nil },
      isComputedBefore: entries.contains { $0.computes(until: here) },
      isPartial: isPartial(entries.filter { $0.operations == here?.operations }.compactMap(\.range)),
      registers: entries.compactMap { entry in
        guard let range = entry.range, let register = entry.operations.first?.register else { return nil }
        return (range, register)
      })
  }

  /// Whether some of the inlined body is outside of the ranges.
  private func isPartial(_ ranges: [AddressRange]) -> Bool {
    body?.contains { part in
      var address = part.start
      while address < part.end, let next = ranges.first(where: { $0.contains(address) }) {
        address = next.end
      }
      return address < part.end
    } ?? false
  }

  /// The first entry that holds at the address and view (DW_AT_GNU_locviews: ends are address and view together).
  private func covering(_ entries: [LocationEntry]) -> LocationEntry? {
    entries.first { entry in
      guard let range = entry.range else { return true }
      let here = (moment.address, moment.view)
      guard let views = entry.views else { return range.contains(moment.address) }
      return here >= (address(range.start, views.start), views.start)
        && here < (address(range.end, views.end), views.end)
    }
  }

  private func address(_ address: UInt64, _ view: UInt64) -> UInt64 {
    file.unit.lines.address(ofView: view, at: address)
  }

  /// The ranges nearest to the site, with the lines that they are on.
  private func nearest(_ ranges: [AddressRange]) -> [String] {
    func distance(_ range: AddressRange) -> UInt64 {
      range.start > moment.address ? range.start - moment.address : moment.address &- range.end
    }
    let order = ranges.sorted { (distance($0), $0.start) < (distance($1), $1.start) }
    return order.prefix(4).map { range in
      let rows = file.unit.lines.rows[file.unit.lines.indexes(in: range)]
      let here = rows.filter { $0.line > 0 && file.numbers.contains($0.file) }.map(\.line)
      guard let first = here.min(), let last = here.max() else { return describe(range) }
      return describe(range) + (first == last ? " (line \(first))" : " (lines \(first)-\(last))")
    }
  }

  /// Whether an expression asks for no frame base (and no CFA), directly or by a call: those of frame base and CFA
  /// must not, or they would never end.
  private func isSelfContained(_ operations: [DwarfOperation], allowsCFA: Bool) -> Bool {
    operations.allSatisfy { operation in
      switch operation.code {
      case 0x91, 0x98, 0x99, 0x9a: false  // DW_OP_fbreg, DW_OP_call2, call4, call_ref
      case 0x9c: allowsCFA  // DW_OP_call_frame_cfa
      default: true
      }
    }
  }

  private func constant(of die: Die) throws(NoValue) -> ValueLocation {
    if let bytes = die.block(.constValue) { return .bytes(bytes) }
    if let number = die.signed(.constValue) { return .value(.constant(UInt64(bitPattern: number))) }
    if let text = die.string(.constValue) { return .bytes(Array(text.utf8) + [0]) }
    throw NoValue(.notExpressible("a constant of unknown form"))
  }
}

extension LocationEntry {
  /// Whether the entry, of a list without views, computes its value from the memory that the entry that begins where it
  /// ends gives as the place itself.
  fileprivate func computes(until other: LocationEntry?) -> Bool {
    guard let other, let end = range?.end, views == nil, end == other.range?.start,
      let place = other.operations.first, other.operations.count == 1, operations.count > 3,
      place.code == 0x91 || (0x70...0x8f).contains(place.code)  // DW_OP_fbreg, DW_OP_breg<n>
    else { return false }
    return operations[0].code == place.code && operations[0].operand1 == place.operand1
      && (operations[1].code == 0x06 || operations[1].code == 0x94)  // DW_OP_deref, DW_OP_deref_size
      && operations.last?.code == 0x9f  // DW_OP_stack_value
  }
}

extension ValueLocation {
  /// Whether the place is the same everywhere: a constant, or memory of the image.
  fileprivate var isFixed: Bool {
    switch self {
    case .bytes, .value(.constant): true
    case .memory(.term(let term)): term.base == .image
    case .memory, .value, .implicitPointer, .pieces: false
    }
  }
}

extension DwarfOperation {
  /// The register that the operation names as the place of an object; nil for other operations.
  fileprivate var register: UInt64? {
    switch code {
    case 0x50...0x6f: UInt64(code - 0x50)  // DW_OP_reg<n>
    case 0x90: operand1  // DW_OP_regx
    default: nil
    }
  }
}

/// An address range in the words of a message.
func describe(_ range: AddressRange) -> String {
  "0x\(String(range.start, radix: 16))-0x\(String(range.end, radix: 16))"
}
