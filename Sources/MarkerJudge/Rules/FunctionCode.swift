import InstructionDecoder

/// The code of one symbol, decoded once and shared by all addresses in it.
final class FunctionCode {
  let range: AddressRange
  /// The symbol's bytes and some after them, because the last instruction may reach beyond the symbol.
  let bytes: [UInt8]
  private let decoder: InstructionDecoder

  /// How many bytes after the symbol are kept.
  static let overhang = 16

  init(range: AddressRange, bytes: [UInt8], decoder: InstructionDecoder) {
    self.range = range
    self.bytes = bytes
    self.decoder = decoder
  }

  /// The same code with other bytes in one place.
  func replacing(_ site: AddressRange, with variant: [UInt8]) -> FunctionCode {
    var changed = bytes
    for (index, byte) in variant.enumerated() {
      let address = site.start &+ UInt64(index)
      guard address >= range.start, let offset = Int(exactly: address - range.start), offset < changed.count
      else { continue }
      changed[offset] = byte
    }
    return FunctionCode(range: range, bytes: changed, decoder: decoder)
  }

  /// The x86 view of the code.
  private(set) lazy var x86 = X86Function(self, decoder)

  /// The little-endian 32-bit word at an address; nil outside the code.
  func word(at address: UInt64) -> UInt32? {
    guard let offset = offset(of: address), offset + 4 <= bytes.count else { return nil }
    return (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  /// The x86 instruction at an address; nil where there is none.
  func encoding(at address: UInt64) -> X86Encoding? {
    guard let offset = offset(of: address) else { return nil }
    return bytes.withUnsafeBytes {
      X86Encoding(UnsafeRawBufferPointer(rebasing: $0[offset...]), isLong: decoder.instructionSet == .amd64)
    }
  }

  /// Whether the instruction at an address begins with the prefix by which a hypervisor is asked to emulate it.
  func hasEmulatePrefix(at address: UInt64) -> Bool {
    guard let offset = offset(of: address) else { return false }
    return bytes.withUnsafeBytes {
      let rest = UnsafeRawBufferPointer(rebasing: $0[offset...])
      return X86EmulatePrefix.byteCount(rest, isLong: decoder.instructionSet == .amd64) != nil
    }
  }

  /// The assembler text of the instruction at an address; nil where there is none.
  func text(at address: UInt64) -> String? {
    offset(of: address).flatMap { decoder.text(of: bytes[$0...], at: address) }
  }

  private func offset(of address: UInt64) -> Int? {
    guard address >= range.start, let offset = Int(exactly: address - range.start), offset < bytes.count
    else { return nil }
    return offset
  }
}
