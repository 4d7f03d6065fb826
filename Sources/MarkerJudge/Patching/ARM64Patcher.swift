import Elfutils

/// Notes where an arm64 kernel may replace instructions at boot (arch/arm64/kernel/alternative.c).
///
/// Which it replaces depends on the CPU; the image's own instructions are taken for granted.
struct ARM64Patcher {
  private let reader: TableReader

  init(_ image: KernelImage) {
    reader = TableReader(
      memory: image.memory, linker: image.linker, machine: image.machine, isRelocatable: image.kind == .module)
  }

  func patched() -> PatchedText {
    var sites: [UInt64: PatchSite] = [:]
    for entry in reader.entries(.alternatives, size: 12) {
      guard let site = site(entry) else { continue }
      let known = sites[site.range.start]
      let isSameRange = known?.range == site.range
      sites[site.range.start] = PatchSite(
        range: site.range, cause: .alternative, variants: (isSameRange ? known?.variants ?? [] : []) + site.variants)
    }
    return PatchedText(
      memory: reader.memory, sites: sites.values.sorted { $0.range.start < $1.range.start },
      areReturnsOpen: false, returns: AddressList([]))
  }

  /// An entry: original, replacement, feature, and the lengths of both. A replacement without length is written
  /// by a function of the kernel; the one in general use writes nops.
  private func site(_ entry: UInt64) -> PatchSite? {
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
    return PatchSite(
      range: AddressRange(start: original, byteCount: Int(count)), cause: .alternative, variants: [bytes])
  }
}
