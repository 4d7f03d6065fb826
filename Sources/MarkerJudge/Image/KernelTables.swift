import Elfutils
import InstructionDecoder

/// A place that a static key switches between a nop and a jump.
struct JumpLabel: Sendable, Hashable {
  let site: AddressRange
  let target: UInt64

  /// The jump that x86 puts at the site: a short one in two bytes, a near one in five.
  var jump: [UInt8] {
    let distance = UInt32(truncatingIfNeeded: target &- site.end)
    if site.byteCount == 2 { return [0xeb, UInt8(truncatingIfNeeded: distance)] }
    return [0xe9] + (0..<4).map { UInt8(truncatingIfNeeded: distance >> UInt32(8 * $0)) }
  }
}

/// The kernel's tables about addresses, read once.
struct KernelTables: Sendable {
  /// Where ftrace patches its calls, one in each traceable function.
  let ftraceLocations: AddressList
  /// The functions named in `_kprobe_blacklist`, by start.
  let blacklist: [UInt64]
  let jumpLabels: RangeSet
  /// The jump labels, by site.
  private let labels: [JumpLabel]
  /// Static calls made inline, five bytes each; x86 only.
  let staticCalls: RangeSet
  /// Addresses of BUG() and WARN().
  let bugs: AddressList
  /// Instructions that may fault and have a fixup.
  let exceptions: AddressList
  /// LOCK prefixes that a kernel running on one processor replaces; x86 only.
  let smpLocks: AddressList

  init(_ reader: TableReader) {
    let isArm = reader.machine == .arm
    ftraceLocations = AddressList(FtraceLocations.read(reader))
    blacklist = reader.pointers(.blacklist)
    labels = JumpLabels.read(reader).sorted { $0.site.start < $1.site.start }
    jumpLabels = RangeSet(labels.map(\.site))
    staticCalls = RangeSet(
      reader.entries(.staticCalls, size: 8).compactMap { reader.memory.relativeAddress(at: $0) }
        .map { AddressRange(start: $0, byteCount: 5) })
    bugs = AddressList(
      reader.codeEntries(.bugs, sizes: [12, 16, 8, 6], isRelative: !isArm && reader.machine != .x86).map(
        \.code))
    exceptions = AddressList(
      reader.codeEntries(.exceptions, sizes: isArm ? [8] : [12, 8], isRelative: !isArm).map(\.code))
    smpLocks = AddressList(reader.relatives(.smpLocks))
  }

  /// The jump labels whose site starts in the range.
  func labels(in range: AddressRange) -> ArraySlice<JumpLabel> {
    let first = labels.partitionIndex { $0.site.start >= range.start }
    let end = labels.partitionIndex { $0.site.start >= range.end }
    return labels[first..<max(first, end)]
  }
}

/// `__mcount_loc` and `__patchable_function_entries`, as the architecture's ftrace_call_adjust reads them.
enum FtraceLocations {
  static func read(_ reader: TableReader) -> [UInt64] {
    let recorded = reader.pointers(.ftraceLocations)
    switch reader.machine {
    case .arm: return recorded.map { $0 & ~1 }
    case .arm64: return recorded.map { callSite(of: $0, reader.memory) }
    case .x86, .x8664, .other: return recorded
    }
  }

  /// With patchable entries the location is the second of the nops at the function's start, and a record may
  /// point at nops before the function (arch/arm64/kernel/ftrace.c:ftrace_call_adjust).
  private static func callSite(of recorded: UInt64, _ memory: ImageMemory) -> UInt64 {
    func instruction(_ index: UInt64) -> UInt64? { memory.unsigned(at: recorded &+ 4 &* index, byteCount: 4) }
    guard instruction(0) == nop, instruction(1) == nop else { return recorded }
    guard let third = instruction(2), third == nop || isBranchTarget(third) else { return recorded &+ 4 }
    // Two nops before the function, then its own: [bti] nop nop.
    let isBti = isBranchTarget(third)
    guard instruction(isBti ? 3 : 2) == nop, instruction(isBti ? 4 : 3) == nop else { return recorded &+ 4 }
    return recorded &+ (isBti ? 16 : 12)
  }

  private static let nop: UInt64 = 0xd503_201f
  private static func isBranchTarget(_ word: UInt64) -> Bool { word & 0xffff_ff3f == 0xd503_241f }
}

/// `__jump_table`: code, target and key, self-relative on 64-bit kernels, absolute on 32-bit ARM.
enum JumpLabels {
  static func read(_ reader: TableReader) -> [JumpLabel] {
    let isAbsolute = reader.machine == .arm
    let size = reader.machine == .arm || reader.machine == .x86 ? 12 : 16
    return reader.entries(.jumpLabels, size: size).compactMap { entry in
      let field = entry &+ 4
      guard let code = isAbsolute ? reader.word(entry) : reader.memory.relativeAddress(at: entry),
        let target = isAbsolute ? reader.word(field) : reader.memory.relativeAddress(at: field),
        let size = siteSize(code, reader)
      else { return nil }
      return JumpLabel(site: AddressRange(start: code, byteCount: size), target: target)
    }
  }

  /// Two or five bytes on x86, whatever instruction stands there; four elsewhere.
  private static func siteSize(_ code: UInt64, _ reader: TableReader) -> Int? {
    switch reader.machine {
    case .x86, .x8664:
      reader.memory.withBytes(at: code, count: 15) { bytes in
        X86Encoding(bytes, isLong: reader.machine == .x8664)?.byteCount ?? 5
      }
    case .arm, .arm64, .other: 4
    }
  }
}
