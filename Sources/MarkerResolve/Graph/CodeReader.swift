import Elfutils

/// Reads the image's code and read-only data by link address; each section is copied out once, and relocated in a
/// relocatable file.
final class CodeReader {
  private let image: ElfImage
  private var contents: [Int: [UInt8]] = [:]

  private let relocations: CodeRelocations

  init(image: ElfImage) {
    self.image = image
    relocations = CodeRelocations(image: image)
  }

  var isBigEndian: Bool { image.identity.byteOrder == .big }

  /// The bytes of a range; nil when no section of the file holds them all.
  func bytes(in range: AddressRange) -> ArraySlice<UInt8>? {
    guard !range.isEmpty, let section = image.section(containing: range.start) else { return nil }
    let content = bytes(of: section)
    let start = range.start - section.address
    let end = range.end - section.address
    guard end <= UInt64(content.count) else { return nil }
    return content[Int(start)..<Int(end)]
  }

  /// The name of the symbol outside of the file that the bytes of a range are bound to; nil when there is none.
  func externalName(in range: AddressRange) -> String? {
    image.section(containing: range.start).flatMap { relocations.externalName(in: range, of: $0) }
  }

  /// A number of 1 to 8 bytes at an address; nil when the file does not hold it.
  func number(at address: UInt64, byteCount: Int) -> UInt64? {
    let (end, overflow) = address.addingReportingOverflow(UInt64(byteCount))
    guard !overflow, let bytes = bytes(in: AddressRange(start: address, end: end)) else { return nil }
    return (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func bytes(of section: ElfSection) -> [UInt8] {
    if let known = contents[section.index] { return known }
    var content = (try? image.bytes(of: section)) ?? []
    relocations.apply(to: &content, of: section)
    contents[section.index] = content
    return content
  }
}
