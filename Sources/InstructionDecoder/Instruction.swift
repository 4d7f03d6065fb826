/// One decoded machine instruction: its place, its effect on the flow of control, and what it touches.
///
/// The text of an instruction is not kept, because most instructions are never shown: ask
/// ``InstructionDecoder/text(of:at:)``.
public struct Instruction: Sendable, Hashable {
  /// Where the instruction starts, in the addresses that the caller gave.
  public let address: UInt64
  /// Its length in bytes; at least 1.
  public let byteCount: Int
  /// What happens after it.
  public let flow: Flow
  /// Whether the decoder knows the instruction. If not, only its length is known (or assumed, for
  /// `.undecodable`), and the register sets are empty without meaning it.
  public let isKnown: Bool
  /// Whether it is a string instruction repeated by a REP prefix, which runs many times at one address.
  public let isRepPrefixed: Bool
  /// The registers whose value it uses, address registers and implicit ones included.
  public let registersRead: RegisterSet
  /// The registers it changes, implicit ones included; a conditional instruction counts as changing them.
  public let registersWritten: RegisterSet
  /// Whether it loads from or stores to memory.
  public let memoryAccess: MemoryAccess
  /// Whether it loads or stores 16 bytes or more at once (x86; false elsewhere).
  public let isVectorAccess: Bool
  /// Whether it computes with several elements at once (x86; false elsewhere): adds, subtracts, multiplies, compares or
  /// takes the larger or smaller.
  public let isVectorArithmetic: Bool
  /// Where it stores to, as far as its operands say; nil when it does not store, or to the stack implicitly.
  public let store: StoredOperand?

  /// The address of the byte after the instruction (wraps at the end of the address space).
  public var endAddress: UInt64 { address &+ UInt64(byteCount) }

  /// An instruction at the same place that does nothing.
  public var withoutEffect: Instruction {
    Instruction(
      address: address, byteCount: byteCount, flow: .sequential, isKnown: true, isRepPrefixed: false,
      registersRead: RegisterSet(), registersWritten: RegisterSet(), memoryAccess: [], isVectorAccess: false,
      isVectorArithmetic: false, store: nil)
  }
}

/// The memory operand that an instruction writes.
public struct StoredOperand: Sendable, Hashable {
  /// The DWARF number of the base register; nil when the displacement is an address.
  public let base: Int?
  public let hasIndex: Bool
  public let displacement: Int64
  public let byteCount: Int

  public init(base: Int?, hasIndex: Bool, displacement: Int64, byteCount: Int) {
    self.base = base
    self.hasIndex = hasIndex
    self.displacement = displacement
    self.byteCount = byteCount
  }
}

/// What happens after an instruction.
public enum Flow: Sendable, Hashable {
  /// The next instruction follows.
  case sequential
  /// Always to the target.
  case jump(target: UInt64)
  /// To the target or to the next instruction.
  case conditionalJump(target: UInt64)
  /// To an address held in a register or in memory; `isConditional` when the next instruction may follow (A32).
  case indirectJump(isConditional: Bool)
  /// A call of the target; the next instruction follows when it returns.
  case call(target: UInt64)
  /// A call of an address held in a register or in memory.
  case indirectCall
  /// A return from the function, interrupt or system call; `isConditional` when the next may follow (A32).
  case `return`(isConditional: Bool)
  /// A trap.
  case trap(Trap)
  /// Not an instruction that the decoder knows, nor one whose length can be told.
  case undecodable

  /// Whether control can reach the next instruction, taking a call to return. A trap that a handler may
  /// continue after (all but `halt`) counts as not falling through.
  public var fallsThrough: Bool {
    switch self {
    case .sequential, .conditionalJump, .call, .indirectCall: true
    case .indirectJump(let isConditional), .return(let isConditional): isConditional
    case .trap(let trap): trap == .halt || trap == .systemCall
    case .jump, .undecodable: false
    }
  }

  /// The target of a direct jump or call; nil for everything else.
  public var target: UInt64? {
    switch self {
    case .jump(let target), .conditionalJump(let target), .call(let target): target
    case .sequential, .indirectJump, .indirectCall, .return, .trap, .undecodable: nil
    }
  }
}

/// The kinds of traps.
public enum Trap: Sendable, Hashable {
  /// ud2, udf: in kernels also the start of a warning, after which its handler continues.
  case undefined
  /// int3, brk, bkpt.
  case breakpoint
  /// hlt: the next instruction runs after an interrupt.
  case halt
  /// int n, svc, hvc, smc, syscall, sysenter: the next instruction follows.
  case systemCall
}

/// How an instruction touches memory.
public struct MemoryAccess: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let read = MemoryAccess(rawValue: 1)
  public static let write = MemoryAccess(rawValue: 2)
}
