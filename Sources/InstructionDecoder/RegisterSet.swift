/// A register as a set can hold it; parts of a register (eax, w0) count as the whole.
public enum Register: Sendable, Hashable {
  /// An integer register by its DWARF number: x86-64 0…15 (rax, rdx, rcx, rbx, rsi, rdi, rbp, rsp, r8…),
  /// i386 0…7, arm64 0…30 and 31 for sp, arm 0…15.
  case general(Int)
  /// A vector or floating-point register by its index: xmm0…31, v0…31, d0…31 (q and s fold into d).
  case vector(Int)
  /// The condition flags.
  case flags
}

/// A set of registers in three machine words.
public struct RegisterSet: Sendable, Hashable {
  /// Bit n stands for the integer register with DWARF number n.
  public private(set) var general: UInt32 = 0
  /// Bit n stands for the vector register with index n.
  public private(set) var vector: UInt32 = 0
  /// Whether the condition flags belong to the set.
  public private(set) var hasFlags = false

  public init() {}

  /// Whether nothing is in the set.
  public var isEmpty: Bool { general == 0 && vector == 0 && !hasFlags }

  /// The lowest DWARF number of an integer register in the set; nil when there is none.
  var firstGeneral: Int? { general == 0 ? nil : general.trailingZeroBitCount }

  /// Adds a register; a number above 31 is not kept.
  public mutating func insert(_ register: Register) {
    switch register {
    case .general(let number): general |= Self.bit(number)
    case .vector(let index): vector |= Self.bit(index)
    case .flags: hasFlags = true
    }
  }

  /// Whether the register is in the set.
  public func contains(_ register: Register) -> Bool {
    switch register {
    case .general(let number): general & Self.bit(number) != 0
    case .vector(let index): vector & Self.bit(index) != 0
    case .flags: hasFlags
    }
  }

  /// Adds all registers of another set.
  public mutating func formUnion(_ other: RegisterSet) {
    general |= other.general
    vector |= other.vector
    hasFlags = hasFlags || other.hasFlags
  }

  private static func bit(_ number: Int) -> UInt32 { (0..<32).contains(number) ? 1 << UInt32(number) : 0 }
}
