import Elfutils

/// Notes where an arm64 kernel may replace instructions at boot (arch/arm64/kernel/alternative.c).
///
/// Which it replaces depends on the CPU. The image's own instructions are taken for granted, except that
/// exclusive sequences give way to single atomic instructions on a CPU that has these.
struct ARM64Patcher {
  private let reader: TableReader

  private let hasAtomics: Bool

  init(_ image: KernelImage, _ assumptions: MachineAssumptions) {
    hasAtomics = assumptions.cpuFlags.contains("atomics")
    reader = image.reader
  }

  func patched() -> PatchedText {
    var memory = reader.memory
    var found: [UInt64: (range: AddressRange, variants: [[UInt8]])] = [:]
    for entry in reader.entries(.alternatives, size: 12) {
      guard let (range, bytes) = replacement(entry) else { continue }
      let known = found[range.start].flatMap { $0.range == range ? $0.variants : nil }
      let own = reader.memory.bytes(at: range.start, count: range.byteCount)
      found[range.start] = (range, (known ?? [own]) + [bytes])
    }
    var sites: [PatchSite] = []
    for site in found.values.sorted(by: { $0.range.start < $1.range.start }) {
      let taken = choice(site.variants)
      memory.write(taken, at: site.range.start)
      sites.append(
        PatchSite(range: site.range, cause: .alternative, variants: site.variants.filter { $0 != taken }))
    }
    return PatchedText(memory: memory, sites: sites, areReturnsOpen: false, returns: AddressList([]))
  }

  private func choice(_ variants: [[UInt8]]) -> [UInt8] {
    guard hasAtomics, isExclusive(variants[0]) else { return variants[0] }
    return variants.first { !isExclusive($0) } ?? variants[0]
  }

  private func isExclusive(_ bytes: [UInt8]) -> Bool {
    stride(from: 0, to: bytes.count - 3, by: 4).contains { offset in
      let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
      let instruction = ARM64Instruction(word: word)
      return instruction.isLoadExclusive || instruction.isStoreExclusive
    }
  }

  /// An entry: original, replacement, feature, and the lengths of both. A replacement without length is written
  /// by a function of the kernel; the one in general use writes nops.
  private func replacement(_ entry: UInt64) -> (AddressRange, [UInt8])? {
    let memory = reader.memory
    guard let original = memory.relativeAddress(at: entry),
      let replacement = memory.relativeAddress(at: entry &+ 4),
      let count = memory.unsigned(at: entry &+ 10, byteCount: 1),
      let replacementCount = memory.unsigned(at: entry &+ 11, byteCount: 1), count % 4 == 0
    else { return nil }
    let bytes =
      replacementCount == 0
      ? (0..<count / 4).flatMap { _ in [0x1f, 0x20, 0x03, 0xd5] as [UInt8] }
      : memory.bytes(at: replacement, count: Int(replacementCount))
    guard bytes.count == Int(count) else { return nil }
    return (AddressRange(start: original, byteCount: Int(count)), bytes)
  }
}
