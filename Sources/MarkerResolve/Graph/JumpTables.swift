import Elfutils
import InstructionDecoder

/// Finds the targets of a `switch` that the compiler made a table of (x86-64; other machines' indirect jumps stay
/// unknown, and what depends on them is not called proven).
struct JumpTables {
  private static let longestTable = 4096

  let code: CodeReader
  let ranges: [AddressRange]

  /// The targets of each indirect jump whose table was found, by the jump's address.
  func targets(of instructions: [Instruction]) -> [UInt64: [UInt64]] {
    var tables: [(jump: UInt64, table: Table)] = []
    for (index, instruction) in instructions.enumerated() {
      guard case .indirectJump = instruction.flow else { continue }
      if let table = absoluteTable(instruction) ?? relativeTable(instructions, index) {
        tables.append((instruction.address, table))
      }
    }
    let starts = tables.map(\.table.address).sorted()
    var result: [UInt64: [UInt64]] = [:]
    for (jump, table) in tables {
      let limit = starts.first { $0 > table.address } ?? UInt64.max
      let found = entries(of: table, limit: limit)
      if !found.isEmpty { result[jump] = found }
    }
    return result
  }

  private struct Table {
    let address: UInt64
    /// Entries are 4-byte distances from the table; else 8-byte addresses.
    let isRelative: Bool
  }

  private func entries(of table: Table, limit: UInt64) -> [UInt64] {
    var result: [UInt64] = []
    var place = table.address
    let step = table.isRelative ? 4 : 8
    while result.count < Self.longestTable, place < limit, let raw = code.number(at: place, byteCount: step) {
      let distance = UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: raw)))
      let target = table.isRelative ? table.address &+ distance : raw
      guard ranges.contains(where: { $0.contains(target) }) else { break }
      result.append(target)
      place += UInt64(step)
    }
    return result
  }

  /// `jmp *table(,%reg,8)`: opcode ff /4 with a SIB byte without base (Intel SDM volume 2, table 2-3).
  private func absoluteTable(_ instruction: Instruction) -> Table? {
    guard var bytes = encoding(instruction) else { return nil }
    if bytes.first == 0x3e { bytes = bytes.dropFirst() }
    if let byte = bytes.first, byte & 0xf0 == 0x40 { bytes = bytes.dropFirst() }
    let plain = Array(bytes)
    guard plain.count == 7, plain[0] == 0xff, plain[1] == 0x24, plain[2] & 0xc7 == 0xc5 else { return nil }
    let displacement = plain[3...6].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Table(address: UInt64(bitPattern: Int64(Int32(bitPattern: displacement))), isRelative: false)
  }

  /// `lea table(%rip),%base; movslq (%base,%index,4),%r; add %base,%r; jmp *%r`
  private func relativeTable(_ instructions: [Instruction], _ jump: Int) -> Table? {
    var sawLoad = false
    for index in (max(0, jump - 24)..<jump).reversed() {
      guard let bytes = encoding(instructions[index]).map({ Array($0) }), bytes.count >= 4 else { continue }
      if bytes[0] & 0xf8 == 0x48, bytes[1] == 0x63, bytes[2] & 0x07 == 0x04 { sawLoad = true }
      let isLea = bytes[0] & 0xfb == 0x48 && bytes[1] == 0x8d && bytes[2] & 0xc7 == 0x05 && bytes.count == 7
      if sawLoad, isLea {
        let displacement = bytes[3...6].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let distance = UInt64(bitPattern: Int64(Int32(bitPattern: displacement)))
        return Table(address: instructions[index].endAddress &+ distance, isRelative: true)
      }
    }
    return nil
  }

  private func encoding(_ instruction: Instruction) -> ArraySlice<UInt8>? {
    code.bytes(in: AddressRange(start: instruction.address, end: instruction.endAddress))
  }
}
