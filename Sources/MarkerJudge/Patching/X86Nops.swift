import InstructionDecoder

/// How the kernel fills patched places with nops (arch/x86/kernel/alternative.c); only the lengths matter here.
struct X86Nops {
  /// The longest nop in use: 8 bytes, since 6.5 on 64-bit kernels 11.
  let longest: Int
  /// Whether a longer run becomes a jump over int3 (since 6.5) rather than several nops.
  let jumpsOverLongRuns: Bool

  /// A nop of 1…11 bytes.
  static func nop(_ count: Int) -> [UInt8] {
    let bases: [[UInt8]] = [
      [], [0x90], [0x66, 0x90], [0x0f, 0x1f, 0x00], [0x0f, 0x1f, 0x40, 0x00], [0x0f, 0x1f, 0x44, 0x00, 0x00],
      [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00], [0x0f, 0x1f, 0x80, 0, 0, 0, 0],
      [0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0],
    ]
    let short = min(count, 8)
    return [UInt8](repeating: 0x66, count: max(0, count - short)) + bases[max(0, short)]
  }

  /// Nops that fill `count` bytes.
  func filling(_ count: Int) -> [UInt8] {
    if jumpsOverLongRuns, count > longest, count < 128 {
      return [0xeb, UInt8(count - 2)] + [UInt8](repeating: 0xcc, count: count - 2)
    }
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += Self.nop(min(longest, count - bytes.count)) }
    return bytes
  }

  /// Merges the runs of nops in a patched place.
  func optimised(_ bytes: [UInt8], isLong: Bool) -> [UInt8] {
    var result = bytes
    var offset = 0
    while offset < result.count {
      let length = encoding(result, offset, isLong)?.byteCount ?? 0
      guard length > 0 else { return result }
      guard isNop(result, offset, isLong) else {
        offset += length
        continue
      }
      let end = runEnd(result, offset, isLong)
      if end - offset > length { result.replaceSubrange(offset..<end, with: filling(end - offset)) }
      offset = end
    }
    return result
  }

  private func runEnd(_ bytes: [UInt8], _ start: Int, _ isLong: Bool) -> Int {
    var end = start
    while end < bytes.count, isNop(bytes, end, isLong), let found = encoding(bytes, end, isLong) {
      end = min(bytes.count, end + found.byteCount)
    }
    return end
  }

  /// Older kernels merge single-byte nops only.
  private func isNop(_ bytes: [UInt8], _ offset: Int, _ isLong: Bool) -> Bool {
    guard let found = encoding(bytes, offset, isLong) else { return false }
    if found.map == .oneByte, found.opcode == 0x90 {
      return jumpsOverLongRuns ? !found.prefixes.contains(.rep) : found.byteCount == 1
    }
    return jumpsOverLongRuns && found.map == .twoByte && found.opcode == 0x1f
  }

  private func encoding(_ bytes: [UInt8], _ offset: Int, _ isLong: Bool) -> X86Encoding? {
    bytes.withUnsafeBytes {
      X86Encoding(UnsafeRawBufferPointer(rebasing: $0[offset...]), isLong: isLong)
    }
  }
}
