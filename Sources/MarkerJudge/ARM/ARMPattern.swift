/// A set of A32 instructions that the kernel treats alike: those whose bits under the mask have the value.
struct ARMPattern: Sendable {
  /// What the kernel does with them.
  enum Handling: Sendable, Hashable {
    /// Runs a copy with other registers.
    case copied
    /// Does their work itself.
    case simulated
    case rejected
  }

  /// Which registers an instruction field must not name.
  enum Field: Sendable {
    case any
    /// Not the program counter.
    case notPC
    /// Not the program counter when the instruction writes its address register back.
    case notPCWithWriteback
  }

  let mask: UInt32
  let value: UInt32
  let handling: Handling
  /// The fields at bits 16, 12, 8 and 0 that are checked.
  let fields: [(bit: UInt32, field: Field)]
  /// Whether the instruction may store below the stack pointer.
  let mayStore: Bool

  private init(
    _ mask: UInt32, _ value: UInt32, _ handling: Handling, _ fields: [(UInt32, Field)], _ mayStore: Bool
  ) {
    self.mask = mask
    self.value = value
    self.handling = handling
    self.fields = fields
    self.mayStore = mayStore
  }

  static func copied(
    _ mask: UInt32, _ value: UInt32, n: Field = .any, d: Field = .any, s: Field = .any, m: Field = .any,
    mayStore: Bool = false
  ) -> ARMPattern {
    ARMPattern(mask, value, .copied, [(16, n), (12, d), (8, s), (0, m)], mayStore)
  }

  static func simulated(_ mask: UInt32, _ value: UInt32, d: Field = .any, m: Field = .any) -> ARMPattern {
    ARMPattern(mask, value, .simulated, [(12, d), (0, m)], false)
  }

  static func rejected(_ mask: UInt32, _ value: UInt32) -> ARMPattern {
    ARMPattern(mask, value, .rejected, [], false)
  }

  func matches(_ word: UInt32) -> Bool { word & mask == value }

  /// Whether every field names a register that it may.
  func allowsRegisters(of word: UInt32) -> Bool {
    fields.allSatisfy { bit, field in
      let isPC = (word >> bit) & 0xf == 15
      switch field {
      case .any: return true
      case .notPC: return !isPC
      case .notPCWithWriteback: return !isPC || !Self.writesBack(word)
      }
    }
  }

  /// P clear (post-indexed) or W set.
  private static func writesBack(_ word: UInt32) -> Bool {
    word & 0x0100_0000 == 0 || word & 0x0020_0000 != 0
  }
}

/// A part of the instruction set with its own list of patterns; what matches none of them is rejected.
struct ARMGroup: Sendable {
  let mask: UInt32
  let value: UInt32
  let patterns: [ARMPattern]
}
