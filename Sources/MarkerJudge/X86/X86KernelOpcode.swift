import InstructionDecoder

/// An opcode in the bytes that the kernel's own decoder keeps of it (arch/x86/lib/insn.c), by which its rules
/// about probes are written: after a VEX or EVEX prefix the opcode counts as one of a single byte.
struct X86KernelOpcode {
  let encoding: X86Encoding

  init(_ encoding: X86Encoding) { self.encoding = encoding }

  /// The number of opcode bytes, 1…3.
  var byteCount: Int {
    if encoding.isVectorPrefixed { return 1 }
    switch encoding.map {
    case .oneByte: return 1
    case .twoByte: return 2
    case .threeByte38, .threeByte3A: return 3
    case .evex5, .evex6, .xop8, .xop9, .xopA: return 1
    }
  }

  /// The first byte: 0x0f for opcodes of several bytes.
  var first: UInt8 { byteCount == 1 ? encoding.opcode : 0x0f }

  /// The second byte; nil for opcodes of one byte.
  var second: UInt8? {
    switch encoding.map {
    case .twoByte: byteCount == 2 ? encoding.opcode : nil
    case .threeByte38: byteCount == 3 ? 0x38 : nil
    case .threeByte3A: byteCount == 3 ? 0x3a : nil
    case .oneByte, .evex5, .evex6, .xop8, .xop9, .xopA: nil
    }
  }

  /// The reg field of ModR/M; 0 without ModR/M, as in the kernel.
  var reg: UInt8 { encoding.reg ?? 0 }

  /// Whether opt.c takes the instruction for a direct jump: jcc, loop, jcxz, jmp.
  var isJump: Bool {
    switch first {
    case 0x70...0x7f, 0xe0...0xe3, 0xe9, 0xeb: true
    case 0x0f: second.map { $0 & 0xf0 == 0x80 } ?? false
    default: false
    }
  }

  /// Whether opt.c takes the instruction for an indirect jump.
  var isIndirectJump: Bool { first == 0xff && reg & 6 == 4 || first == 0xea }
}
