import CCapstone

/// What one architecture's reader takes from Capstone's record of an instruction.
struct Facts {
  var flow: Flow = .sequential
  var isRepPrefixed = false
  var isVectorAccess = false
  var isVectorArithmetic = false
  var reads = RegisterSet()
  var writes = RegisterSet()
  var memory: MemoryAccess = []
  var store: StoredOperand?

  /// Starts with the implicit registers of the instruction.
  init(_ insn: UnsafePointer<cs_insn>, _ names: RegisterNames) {
    let detail = insn.pointee.detail
    let readCount = Int(detail?.pointee.regs_read_count ?? 0)
    let writeCount = Int(detail?.pointee.regs_write_count ?? 0)
    if let ids = markers_implicit_reads(insn) {
      for index in 0..<readCount { reads.formUnion(names[UInt32(ids[index])]) }
    }
    if let ids = markers_implicit_writes(insn) {
      for index in 0..<writeCount { writes.formUnion(names[UInt32(ids[index])]) }
    }
  }

  /// Adds a register operand; `access` is Capstone's combination of CS_AC_READ and CS_AC_WRITE.
  mutating func addRegister(_ registers: RegisterSet, access: UInt8) {
    if UInt32(access) & CS_AC_READ.rawValue != 0 { reads.formUnion(registers) }
    if UInt32(access) & CS_AC_WRITE.rawValue != 0 { writes.formUnion(registers) }
  }

  /// Adds a memory operand.
  mutating func addMemory(access: UInt8) {
    if UInt32(access) & CS_AC_READ.rawValue != 0 { memory.insert(.read) }
    if UInt32(access) & CS_AC_WRITE.rawValue != 0 { memory.insert(.write) }
  }
}

extension Instruction {
  init(address: UInt64, byteCount: Int, _ facts: Facts) {
    self.init(
      address: address, byteCount: byteCount, flow: facts.flow, isKnown: true,
      isRepPrefixed: facts.isRepPrefixed, registersRead: facts.reads, registersWritten: facts.writes,
      memoryAccess: facts.memory, isVectorAccess: facts.isVectorAccess,
      isVectorArithmetic: facts.isVectorArithmetic, store: facts.store)
  }

  init(unknownAt address: UInt64, byteCount: Int, flow: Flow) {
    self.init(
      address: address, byteCount: byteCount, flow: flow, isKnown: false, isRepPrefixed: false,
      registersRead: RegisterSet(), registersWritten: RegisterSet(), memoryAccess: [], isVectorAccess: false,
      isVectorArithmetic: false,
      store: nil)
  }
}
