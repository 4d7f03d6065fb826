/// An instruction set whose machine code can be decoded.
public enum InstructionSet: Sendable, Hashable, CaseIterable {
  /// x86-64, long mode.
  case amd64
  /// 32-bit x86.
  case i386
  /// AArch64, little-endian.
  case arm64
  /// AArch32 in its A32 encoding, little-endian.
  case arm
  /// AArch32 in its T32 (Thumb-2) encoding, little-endian.
  case thumb

  /// The smallest distance in bytes between two instruction starts.
  public var alignment: Int {
    switch self {
    case .amd64, .i386: 1
    case .thumb: 2
    case .arm64, .arm: 4
    }
  }
}
