/// The allocated bytes of an image at their link addresses, relocations applied; little-endian.
struct ImageMemory: Sendable {
  /// One section's bytes.
  struct Block: Sendable {
    let name: String
    let start: UInt64
    let isExecutable: Bool
    var bytes: [UInt8]

    var end: UInt64 { start &+ UInt64(bytes.count) }
  }

  /// Sorted by address, without overlap.
  private(set) var blocks: [Block]

  /// Takes the blocks; of two that overlap, the one with the lower address stays.
  init(_ blocks: [Block]) {
    var kept: [Block] = []
    for block in blocks.sorted(by: { $0.start < $1.start }) where !block.bytes.isEmpty {
      if let last = kept.last, last.end > block.start { continue }
      kept.append(block)
    }
    self.blocks = kept
  }

  /// The index of the block that holds the address; nil when none does.
  func blockIndex(at address: UInt64) -> Int? {
    let next = blocks.partitionIndex { $0.start > address }
    guard next > 0, address < blocks[next - 1].end else { return nil }
    return next - 1
  }

  /// Calls the body with the bytes from `address` on, `count` of them or fewer where the block ends; nil when
  /// no block holds the address.
  func withBytes<Result>(
    at address: UInt64, count: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result? {
    guard let index = blockIndex(at: address), count >= 0 else { return nil }
    let block = blocks[index]
    let offset = Int(address - block.start)
    return block.bytes.withUnsafeBytes { bytes in
      body(UnsafeRawBufferPointer(rebasing: bytes[offset..<min(bytes.count, offset &+ count)]))
    }
  }

  /// The bytes from `address` on, fewer than `count` where the block ends; empty outside all blocks.
  func bytes(at address: UInt64, count: Int) -> [UInt8] {
    withBytes(at: address, count: count) { Array($0) } ?? []
  }

  /// An unsigned number of 1, 2, 4 or 8 bytes; nil when not all of it is there.
  func unsigned(at address: UInt64, byteCount: Int) -> UInt64? {
    let value: UInt64?? = withBytes(at: address, count: byteCount) { bytes in
      guard bytes.count == byteCount else { return nil }
      return bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    return value ?? nil
  }

  /// The address that a 32-bit self-relative reference at `address` means (`.long target - .`).
  func relativeAddress(at address: UInt64) -> UInt64? {
    unsigned(at: address, byteCount: 4).map {
      address &+ UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: $0)))
    }
  }

  /// Overwrites bytes; what lies outside all blocks is not written.
  mutating func write(_ bytes: [UInt8], at address: UInt64) {
    guard let index = blockIndex(at: address) else { return }
    let offset = Int(address - blocks[index].start)
    let count = min(bytes.count, blocks[index].bytes.count - offset)
    for position in 0..<count { blocks[index].bytes[offset + position] = bytes[position] }
  }

  /// Whether the bytes occur in a block that is not executable.
  func dataContains(_ needle: [UInt8]) -> Bool {
    blocks.contains { !$0.isExecutable && $0.bytes.contains(sequence: needle) }
  }
}

extension Array where Element == UInt8 {
  /// Whether the bytes occur in order, without a gap.
  func contains(sequence needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= count else { return false }
    return withUnsafeBufferPointer { bytes in
      for start in 0...(bytes.count - needle.count) where bytes[start] == first {
        if (1..<needle.count).allSatisfy({ bytes[start + $0] == needle[$0] }) { return true }
      }
      return false
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index for which the condition holds, the collection being ordered so that it stays true.
  func partitionIndex(where isAfter: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
