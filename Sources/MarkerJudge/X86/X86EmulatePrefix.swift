import InstructionDecoder

/// The prefix by which Xen or KVM is asked to emulate an instruction: ud2 and a name. The kernel's decoder takes
/// it and the instruction after it for one (arch/x86/lib/insn.c:insn_get_emulate_prefix).
enum X86EmulatePrefix {
  private static let xen: [UInt8] = [0x0f, 0x0b, 0x78, 0x65, 0x6e]
  private static let kvm: [UInt8] = [0x0f, 0x0b, 0x6b, 0x76, 0x6d]

  /// The length of the prefix and its instruction; nil when the bytes begin with no such prefix.
  static func byteCount(_ bytes: UnsafeRawBufferPointer, isLong: Bool) -> Int? {
    guard bytes.count > xen.count, bytes[0] == 0x0f, bytes.starts(with: xen) || bytes.starts(with: kvm) else {
      return nil
    }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[xen.count...])
    return X86Encoding(rest, isLong: isLong).map { $0.byteCount + xen.count }
  }
}
