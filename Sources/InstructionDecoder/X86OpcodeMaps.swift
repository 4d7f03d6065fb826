/// What the x86 opcode maps say about the shape of an instruction (Intel SDM volume 2, appendix A).
enum X86OpcodeMaps {
  static func legacyPrefix(_ byte: UInt8) -> X86Encoding.Prefixes? {
    switch byte {
    case 0x66: .operandSize
    case 0x67: .addressSize
    case 0xf0: .lock
    case 0xf2: .repne
    case 0xf3: .rep
    case 0x26: .es
    case 0x2e: .cs
    case 0x36: .ss
    case 0x3e: .ds
    case 0x64: .fs
    case 0x65: .gs
    default: nil
    }
  }

  static func hasModRM(_ map: X86Encoding.Map, _ opcode: UInt8, isVectorPrefixed: Bool, isLong: Bool) -> Bool
  {
    switch map {
    case .oneByte: oneByteHasModRM(opcode, isLong: isLong)
    case .twoByte: isVectorPrefixed ? opcode != 0x77 : twoByteHasModRM(opcode)
    case .threeByte38, .threeByte3A, .evex5, .evex6, .xop8, .xop9, .xopA: true
    }
  }

  private static func oneByteHasModRM(_ opcode: UInt8, isLong: Bool) -> Bool {
    switch opcode {
    case 0x00...0x3f: opcode & 7 < 4
    case 0x62, 0xc4, 0xc5: !isLong
    case 0x63, 0x69, 0x6b, 0x80...0x8f, 0xc0, 0xc1, 0xc6, 0xc7, 0xd0...0xd3, 0xd8...0xdf, 0xf6, 0xf7, 0xfe,
      0xff:
      true
    default: false
    }
  }

  private static func twoByteHasModRM(_ opcode: UInt8) -> Bool {
    switch opcode {
    case 0x04...0x0c, 0x0e, 0x30...0x37, 0x77, 0x80...0x8f, 0xa0...0xa2, 0xa8...0xaa, 0xc8...0xcf: false
    default: true
    }
  }

  /// Immediate bytes of the one-byte map; nil for opcodes without a meaning in 64-bit mode.
  static func oneByteImmediate(
    _ opcode: UInt8, reg: UInt8, isLong: Bool, isWide: Bool, _ prefixes: X86Encoding.Prefixes
  ) -> Int? {
    let word = prefixes.contains(.operandSize) && !isWide ? 2 : 4
    switch opcode {
    case 0x06, 0x07, 0x0e, 0x16, 0x17, 0x1e, 0x1f, 0x27, 0x2f, 0x37, 0x3f, 0x60...0x62, 0x82, 0xc4, 0xc5,
      0xce,
      0xd4...0xd6:
      if isLong { return nil }
      return opcode == 0x82 || opcode == 0xd4 || opcode == 0xd5 ? 1 : 0
    case 0x00...0x3f: return opcode & 7 == 4 ? 1 : (opcode & 7 == 5 ? word : 0)
    case 0x6a, 0x6b, 0x70...0x7f, 0x80, 0x83, 0xa8, 0xb0...0xb7, 0xc0, 0xc1, 0xc6, 0xcd,
      0xe0...0xe7, 0xeb:
      return 1
    case 0x68, 0x69, 0x81, 0xa9, 0xc7: return word
    case 0xb8...0xbf: return isWide ? 8 : word
    case 0xa0...0xa3: return prefixes.contains(.addressSize) ? (isLong ? 4 : 2) : (isLong ? 8 : 4)
    case 0xc2, 0xca: return 2
    case 0xc8: return 3
    case 0xe8, 0xe9: return isLong ? 4 : word
    case 0x9a, 0xea: return isLong ? nil : word + 2
    case 0xf6: return reg < 2 ? 1 : 0
    case 0xf7: return reg < 2 ? word : 0
    default: return 0
    }
  }

  static func twoByteImmediate(_ opcode: UInt8, isLong: Bool, _ prefixes: X86Encoding.Prefixes) -> Int {
    switch opcode {
    case 0x0f, 0x70...0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4...0xc6: 1
    case 0x78: prefixes.isDisjoint(with: [.operandSize, .repne]) ? 0 : 2
    case 0x80...0x8f: !isLong && prefixes.contains(.operandSize) ? 2 : 4
    default: 0
    }
  }

  static func vectorImmediate(_ map: X86Encoding.Map, _ opcode: UInt8) -> Int {
    switch map {
    case .twoByte: (0x70...0x73).contains(opcode) || opcode == 0xc2 || (0xc4...0xc6).contains(opcode) ? 1 : 0
    case .threeByte3A, .xop8: 1
    case .xopA: 4
    case .oneByte, .threeByte38, .evex5, .evex6, .xop9: 0
    }
  }
}

/// Reads bytes up to a limit, never beyond.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  let limit: Int
  private(set) var position = 0

  init(bytes: UnsafeRawBufferPointer, limit: Int) {
    self.bytes = bytes
    self.limit = min(limit, bytes.count)
  }

  func peek() -> UInt8? { position < limit ? bytes[position] : nil }

  mutating func skip() { if position < limit { position += 1 } }

  mutating func next() -> UInt8? {
    guard position < limit else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// A little-endian signed number of `count` bytes, of which the lowest eight matter; nil past the limit.
  mutating func signed(_ count: Int) -> Int64? {
    guard count <= limit - position else { return nil }
    var value: UInt64 = 0
    for index in 0..<min(count, 8) { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    position += count
    let unused = UInt64(64 - 8 * min(count, 8))
    return count == 0 ? 0 : Int64(bitPattern: value << unused) >> Int64(unused)
  }
}
