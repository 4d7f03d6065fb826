import InstructionDecoder

/// An x86 function's instruction boundaries and jumps.
struct X86Function {
  /// A direct jump within the function, by offsets from its start.
  struct Branch {
    let target: Int
    let source: Int
  }

  /// The offsets of the instructions, ascending, up to the first bytes that are no instruction.
  let starts: [Int32]
  /// Where decoding ended: the function's size or more, or the offset of what is no instruction.
  let decodedEnd: Int
  /// The direct jumps into the function, sorted by target; calls are none.
  let branches: [Branch]
  /// The offset of each indirect jump.
  let indirectJumps: [Int]
  /// Direct jumps that leave the function: offset and target.
  let departures: [(source: Int, target: UInt64)]

  init(_ code: FunctionCode, _ decoder: InstructionDecoder) {
    var scan = Scan(code.range, byteCount: code.bytes.count)
    let isLong = decoder.instructionSet == .amd64
    decodedEnd = code.bytes.withUnsafeBytes { bytes in
      decoder.forEachLength(in: bytes, at: code.range.start) { offset, byteCount in
        guard offset < scan.size else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        if let count = X86EmulatePrefix.byteCount(rest, isLong: isLong) {
          scan.starts.append(Int32(truncatingIfNeeded: offset))
          return count
        }
        let piece = UnsafeRawBufferPointer(rebasing: rest[..<min(rest.count, byteCount)])
        scan.add(piece, offset: offset, byteCount: byteCount, isLong: isLong)
        return byteCount
      }
    }
    starts = scan.starts
    branches = scan.branches.sorted { ($0.target, $0.source) < ($1.target, $1.source) }
    indirectJumps = scan.indirectJumps
    departures = scan.departures
  }

  /// Whether an instruction starts at the offset.
  func isStart(_ offset: Int) -> Bool {
    let index = starts.partitionIndex { $0 >= offset }
    return index < starts.count && starts[index] == offset
  }

  /// The first branch to a place in the range of offsets; nil without one.
  func branch(into offsets: ClosedRange<Int>) -> Branch? {
    let index = branches.partitionIndex { $0.target >= offsets.lowerBound }
    return index < branches.count && branches[index].target <= offsets.upperBound ? branches[index] : nil
  }

  /// What one pass over the instructions gathers.
  private struct Scan {
    let range: AddressRange
    let size: Int
    var starts: [Int32] = []
    var branches: [Branch] = []
    var indirectJumps: [Int] = []
    var departures: [(source: Int, target: UInt64)] = []

    init(_ range: AddressRange, byteCount: Int) {
      self.range = range
      size = range.byteCount
      starts.reserveCapacity(byteCount / 4 + 1)
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer, offset: Int, byteCount: Int, isLong: Bool) {
      starts.append(Int32(truncatingIfNeeded: offset))
      guard Self.mayJump(bytes), let found = X86Encoding(bytes, isLong: isLong) else { return }
      let opcode = X86KernelOpcode(found)
      if opcode.isIndirectJump { indirectJumps.append(offset) }
      guard opcode.isJump else { return }
      let next = range.start &+ UInt64(offset + byteCount)
      let target = next &+ UInt64(bitPattern: found.branchDisplacement ?? 0)
      if range.contains(target) {
        branches.append(Branch(target: Int(clamping: target - range.start), source: offset))
      } else {
        departures.append((offset, target))
      }
    }

    /// Rules out most instructions by their first byte that is no prefix.
    private static func mayJump(_ bytes: UnsafeRawBufferPointer) -> Bool {
      for byte in bytes {
        switch byte {
        case 0x26, 0x2e, 0x36, 0x3e, 0x40...0x4f, 0x64...0x67, 0xf0, 0xf2, 0xf3: continue
        case 0x0f, 0x62, 0x70...0x7f, 0xc4, 0xc5, 0xe0...0xe3, 0xe9...0xeb, 0xff: return true
        default: return false
        }
      }
      return false
    }
  }
}
