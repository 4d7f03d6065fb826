import Elfutils

/// Reads numbers from a debug section, every access checked. After the first read beyond the end `failed` is
/// set and every further read gives 0, so that a caller checks once.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  let isBig: Bool
  private(set) var position: Int
  let end: Int
  private(set) var failed = false

  init(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int, byteOrder: ByteOrder) {
    self.bytes = bytes
    position = start
    self.end = min(end, bytes.count)
    isBig = byteOrder == .big
  }

  var isAtEnd: Bool { failed || position >= end }

  mutating func seek(_ position: Int) {
    if position < 0 || position > end { failed = true } else { self.position = position }
  }

  mutating func skip(_ count: UInt64) {
    guard count <= UInt64(max(0, end - position)) else {
      failed = true
      return
    }
    position += Int(count)
  }

  mutating func byte() -> UInt8 {
    guard position < end else {
      failed = true
      return 0
    }
    defer { position += 1 }
    return bytes[position]
  }

  /// A fixed-width number of 1 to 8 bytes.
  mutating func number(_ byteCount: Int) -> UInt64 {
    guard position + byteCount <= end else {
      failed = true
      return 0
    }
    var value: UInt64 = 0
    for index in 0..<byteCount {
      let byte = UInt64(bytes[position + (isBig ? byteCount - 1 - index : index)])
      value |= byte << UInt64(8 * index)
    }
    position += byteCount
    return value
  }

  mutating func uleb() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = byte()
      if shift < 64 { value |= UInt64(byte & 0x7f) << shift }
      shift += 7
      if byte & 0x80 == 0 || failed { return value }
    }
  }

  mutating func sleb() -> Int64 {
    var value: Int64 = 0
    var shift: Int64 = 0
    while true {
      let byte = byte()
      if shift < 64 { value |= Int64(byte & 0x7f) << shift }
      shift += 7
      if byte & 0x80 == 0 || failed {
        if shift < 64, byte & 0x40 != 0 { value |= -1 << shift }
        return value
      }
    }
  }

  /// The extent of a NUL-terminated string at the position, which moves behind the NUL.
  mutating func string() -> Range<Int> {
    let start = position
    while position < end, bytes[position] != 0 { position += 1 }
    let range = start..<position
    if position < end { position += 1 } else { failed = true }
    return range
  }
}
