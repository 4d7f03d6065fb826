import CCapstone

/// Decodes machine code with Capstone. A decoder holds state that it reuses, so it belongs to one task.
public final class InstructionDecoder {
  /// The instruction set that the decoder was made for.
  public let instructionSet: InstructionSet
  private let handle: csh
  private let scratch: UnsafeMutablePointer<cs_insn>
  private let names: RegisterNames

  /// Opens a decoder; throws when the library lacks the instruction set.
  public init(architecture: InstructionSet) throws(InstructionDecoderError) {
    let (code, mode) = Self.libraryMode(architecture)
    var opened: csh = 0
    let status = cs_open(code, mode, &opened)
    guard status == CS_ERR_OK else {
      throw InstructionDecoderError(operation: "open", reason: String(cString: cs_strerror(status)))
    }
    cs_option(opened, CS_OPT_DETAIL, Int(CS_OPT_ON.rawValue))
    guard let scratch = cs_malloc(opened) else {
      cs_close(&opened)
      throw InstructionDecoderError(operation: "allocate", reason: "out of memory")
    }
    instructionSet = architecture
    handle = opened
    self.scratch = scratch
    names = RegisterNames(handle: opened, instructionSet: architecture)
  }

  deinit {
    cs_free(scratch, 1)
    var closing = handle
    cs_close(&closing)
  }

  /// Decodes the instruction at the start of the bytes.
  ///
  /// - Parameter address: where the bytes stand in memory; targets of jumps are counted from it.
  /// - Returns: nil when there is no instruction; an instruction newer than the library has `isKnown` false.
  public func decode(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> Instruction? {
    if fetch(bytes, at: address) { return instruction(bytes) }
    guard let byteCount = fallbackLength(bytes) else { return nil }
    return Instruction(unknownAt: address, byteCount: byteCount, flow: .sequential)
  }

  /// Decodes the instruction at the start of the bytes; see ``decode(_:at:)-(UnsafeRawBufferPointer,_)``.
  public func decode(_ bytes: some Collection<UInt8>, at address: UInt64) -> Instruction? {
    withContiguous(bytes) { decode($0, at: address) }
  }

  /// Decodes bytes from the first to the last, each instruction where the one before it ends.
  ///
  /// Bytes that are no instruction become entries with the flow `.undecodable`, as short as the instruction
  /// set allows, so that the entries cover the bytes without a gap.
  public func disassemble(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> [Instruction] {
    var instructions: [Instruction] = []
    instructions.reserveCapacity(bytes.count / 4 + 1)
    var offset = 0
    while offset < bytes.count {
      let place = address &+ UInt64(offset)
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let step = min(instructionSet.alignment, rest.count)
      let instruction =
        decode(rest, at: place) ?? Instruction(unknownAt: place, byteCount: step, flow: .undecodable)
      instructions.append(instruction)
      offset += instruction.byteCount
    }
    return instructions
  }

  /// Decodes bytes from the first to the last; see ``disassemble(_:at:)-(UnsafeRawBufferPointer,_)``.
  public func disassemble(_ bytes: some Collection<UInt8>, at address: UInt64) -> [Instruction] {
    withContiguous(bytes) { disassemble($0, at: address) }
  }

  /// Visits the instructions from the first byte on by their lengths alone, several times faster than
  /// ``disassemble(_:at:)-(UnsafeRawBufferPointer,_)``, until bytes that are no instruction or until the body
  /// returns nil.
  ///
  /// - Parameter body: gets the offset of an instruction in the bytes and its length; returns how many bytes
  ///   to go on by.
  /// - Returns: the offset after the last instruction visited.
  @discardableResult
  public func forEachLength(
    in bytes: UnsafeRawBufferPointer, at address: UInt64, _ body: (_ offset: Int, _ byteCount: Int) -> Int?
  ) -> Int {
    cs_option(handle, CS_OPT_DETAIL, Int(CS_OPT_OFF.rawValue))
    defer { cs_option(handle, CS_OPT_DETAIL, Int(CS_OPT_ON.rawValue)) }
    var offset = 0
    while offset < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let byteCount =
        fetch(rest, at: address &+ UInt64(offset))
        ? lengthCorrection(rest) ?? Int(scratch.pointee.size) : fallbackLength(rest) ?? 0
      guard byteCount > 0, let step = body(offset, byteCount), step > 0 else { return offset }
      offset += step
    }
    return offset
  }

  /// The assembler text of the instruction at the start of the bytes ("mov rax, qword ptr [rdi]"); nil when
  /// the library does not know it.
  public func text(of bytes: UnsafeRawBufferPointer, at address: UInt64) -> String? {
    guard fetch(bytes, at: address) else { return nil }
    let mnemonic = withUnsafeBytes(of: scratch.pointee.mnemonic) { String(nulTerminated: $0) }
    let operands = withUnsafeBytes(of: scratch.pointee.op_str) { String(nulTerminated: $0) }
    return operands.isEmpty ? mnemonic : "\(mnemonic) \(operands)"
  }

  /// The assembler text of the instruction at the start of the bytes; nil when the library does not know it.
  public func text(of bytes: some Collection<UInt8>, at address: UInt64) -> String? {
    withContiguous(bytes) { text(of: $0, at: address) }
  }
}

extension InstructionDecoder {
  private static func libraryMode(_ architecture: InstructionSet) -> (cs_arch, cs_mode) {
    switch architecture {
    case .amd64: (CS_ARCH_X86, CS_MODE_64)
    case .i386: (CS_ARCH_X86, CS_MODE_32)
    case .arm64: (CS_ARCH_ARM64, CS_MODE_LITTLE_ENDIAN)
    case .arm: (CS_ARCH_ARM, cs_mode(CS_MODE_ARM.rawValue | CS_MODE_V8.rawValue))
    case .thumb: (CS_ARCH_ARM, cs_mode(CS_MODE_THUMB.rawValue | CS_MODE_V8.rawValue))
    }
  }

  /// Decodes one instruction into the scratch record.
  private func fetch(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> Bool {
    var place: UnsafePointer<UInt8>? = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var count = bytes.count
    var next = address
    return count > 0 && cs_disasm_iter(handle, &place, &count, &next, scratch)
  }

  private func instruction(_ bytes: UnsafeRawBufferPointer) -> Instruction {
    let byteCount = lengthCorrection(bytes) ?? Int(scratch.pointee.size)
    let facts =
      switch instructionSet {
      case .amd64, .i386: X86Facts.read(scratch, names)
      case .arm64: ARM64Facts.read(scratch, names)
      case .arm, .thumb: ARMFacts.read(scratch, names)
      }
    return Instruction(address: scratch.pointee.address, byteCount: byteCount, facts)
  }

  /// The length of ud0 and ud1, which have a ModR/M byte that Capstone 4 leaves out; nil for all others.
  private func lengthCorrection(_ bytes: UnsafeRawBufferPointer) -> Int? {
    switch instructionSet {
    case .amd64, .i386:
      let id = x86_insn(scratch.pointee.id)
      return id == X86_INS_UD2B || id == X86_INS_UD0 ? fallbackLength(bytes) : nil
    case .arm64, .arm, .thumb: return nil
    }
  }

  /// The length of an instruction that Capstone 4 does not know; nil when nobody knows it.
  private func fallbackLength(_ bytes: UnsafeRawBufferPointer) -> Int? {
    switch instructionSet {
    case .amd64, .i386: X86Encoding(bytes, isLong: instructionSet == .amd64)?.byteCount
    case .arm64, .arm, .thumb: nil
    }
  }

  private func withContiguous<Result>(
    _ bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    bytes.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
      ?? Array(bytes).withUnsafeBytes(body)
  }
}

/// Why a decoder could not be made.
public struct InstructionDecoderError: Error, Sendable, Hashable, CustomStringConvertible {
  public let operation: String
  public let reason: String
  public var description: String { "cannot \(operation) an instruction decoder: \(reason)" }
}

extension String {
  fileprivate init(nulTerminated bytes: UnsafeRawBufferPointer) {
    self = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
