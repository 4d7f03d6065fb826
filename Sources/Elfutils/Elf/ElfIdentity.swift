/// The width of addresses in an ELF file (`EI_CLASS`).
public enum ElfClass: Int, Sendable {
  case bits32 = 32
  case bits64 = 64

  /// The size of an address in bytes.
  public var addressByteCount: Int { rawValue / 8 }
}

/// The byte order of an ELF file (`EI_DATA`).
public enum ByteOrder: Sendable {
  case little, big
}

/// The kind of ELF file (`e_type`).
public enum ElfType: Sendable, Hashable {
  case relocatable, executable, sharedObject, core
  case other(UInt16)
}

/// What the ELF header says of a file.
public struct ElfIdentity: Sendable, Hashable {
  public let elfClass: ElfClass
  public let byteOrder: ByteOrder
  public let type: ElfType
  /// `e_machine`, an `EM_…` value.
  public let machine: Machine
  /// `e_flags`
  public let flags: UInt32
  /// `e_entry`
  public let entry: UInt64
}

/// The architectures that markers knows registers and kernel rules for; any other is carried by number.
public enum Machine: Sendable, Hashable {
  case x86, x8664, arm, arm64
  case other(UInt16)

  init(number: UInt16) {
    switch number {
    case 3: self = .x86
    case 62: self = .x8664
    case 40: self = .arm
    case 183: self = .arm64
    default: self = .other(number)
    }
  }
}
