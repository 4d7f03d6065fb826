import InstructionDecoder

/// Moves an alternative's replacement to the place that it replaces: branches out of it keep their targets.
struct X86Relocation {
  let isLong: Bool
  /// Since 6.5 every branch is adjusted; before that a call or jump of five bytes that is alone.
  let adjustsAll: Bool

  /// The bytes as they stand at `site`, having been assembled at `origin`; may be followed by filling.
  func moved(_ bytes: [UInt8], from origin: UInt64, to site: UInt64) -> [UInt8] {
    if !adjustsAll, bytes.count != 5 { return bytes }
    var result = bytes
    var offset = 0
    while offset < bytes.count {
      let found = bytes.withUnsafeBytes {
        X86Encoding(UnsafeRawBufferPointer(rebasing: $0[offset...]), isLong: isLong)
      }
      guard let found else { return result }
      let length = min(found.byteCount, bytes.count - offset)
      if let target = found.branchTarget(at: origin &+ UInt64(offset)), leaves(target, origin, bytes.count) {
        let place = site &+ UInt64(offset)
        let branch = branch(found, to: target, at: place, Array(bytes[offset..<offset + length]))
        result.replaceSubrange(offset..<offset + length, with: branch)
      }
      offset += length
    }
    return result
  }

  private func leaves(_ target: UInt64, _ origin: UInt64, _ count: Int) -> Bool {
    target < origin || target > origin &+ UInt64(count)
  }

  private func branch(_ found: X86Encoding, to target: UInt64, at place: UInt64, _ old: [UInt8]) -> [UInt8] {
    let isJump = found.map == .oneByte && found.opcode == 0xe9 && old.count == 5
    let short = Int64(bitPattern: target &- place &- 2)
    if isJump, Int64(Int8.min)...Int64(Int8.max) ~= short, adjustsAll || short >= 0 {
      let rest = adjustsAll ? [UInt8](repeating: 0xcc, count: 3) : X86Nops.nop(3)
      return [0xeb, UInt8(bitPattern: Int8(short))] + rest
    }
    guard found.immediateByteCount == 4 else { return old }
    let distance = UInt32(truncatingIfNeeded: target &- place &- UInt64(old.count))
    return Array(old.dropLast(4)) + (0..<4).map { UInt8(truncatingIfNeeded: distance >> UInt32(8 * $0)) }
  }
}
