import InstructionDecoder

/// arch/x86/kernel/kprobes/core.c:can_boost: whether an instruction may run in a copy elsewhere without a trap
/// after it.
struct X86Boost {
  /// Since 6.9 shifts, not, neg, mul, div, inc and dec may, too.
  let includesGroups: Bool

  /// Whether the instruction may; the exception table is the caller's to test.
  func canBoost(_ encoding: X86Encoding) -> Bool {
    let opcode = X86KernelOpcode(encoding)
    if opcode.byteCount == 2 { return opcode.second.map(Self.isBoostable(twoByte:)) ?? false }
    guard opcode.byteCount == 1 else { return false }
    if encoding.prefixes.contains(.cs) || encoding.prefixes.contains(.addressSize) { return false }
    switch opcode.first {
    case 0x62, 0x70...0x7f, 0x9a, 0xcc...0xce, 0xd6, 0xd8...0xdf, 0xe0...0xe3, 0xe8...0xe9, 0xeb, 0xf0...0xf4:
      return false
    case 0xc0...0xc1, 0xd0...0xd3: return includesGroups && opcode.reg != 6
    case 0xf6...0xf7: return includesGroups && opcode.reg != 1
    case 0xfe: return includesGroups && opcode.reg < 2
    case 0xff: return opcode.reg == 4 || includesGroups && opcode.reg < 2
    default: return true
    }
  }

  /// The opcodes after 0f that may be boosted, one bit each, sixteen to a row.
  private static let twoByteRows: [UInt16] = [
    0b0000_0011_0100_1100,  // 00: lar, lsl, clts, invd, wbinvd
    0b1000_0000_0000_0000,  // 10: nop
    0b0000_0000_0000_1111,  // 20: moves of control and debug registers
    0b0000_0000_0000_0010,  // 30: rdtsc
    0xffff,  // 40: cmov
    0x0000,  // 50
    0b1100_1111_1111_1111,  // 60: MMX
    0b1100_0000_1111_0000,  // 70: MMX
    0x0000,  // 80: jcc
    0xffff,  // 90: set
    0b1011_1011_0011_1011,  // a0: push, pop, cpuid, bt, shld, rsm, bts, shrd, imul
    0b1111_1000_1111_1111,  // b0: cmpxchg, btr, movzx, btc, bsf, bsr, movsx
    0b1111_1111_0000_0011,  // c0: xadd, bswap
    0b1011_1011_0010_1110,  // d0: MMX
    0b1011_1011_0010_0110,  // e0: MMX
    0b0111_0111_0010_1110,  // f0: MMX
  ]

  private static func isBoostable(twoByte opcode: UInt8) -> Bool {
    twoByteRows[Int(opcode >> 4)] >> UInt16(opcode & 15) & 1 == 1
  }
}
