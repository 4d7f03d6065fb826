/// The raw fields of an x86 instruction: prefixes, opcode, ModR/M and length, read without knowing what the
/// instruction does (Intel SDM volume 2, chapter 2 and the opcode maps of appendix A).
///
/// It serves where rules speak of opcode bytes, and gives the length of instructions newer than the decoder.
public struct X86Encoding: Sendable, Hashable {
  /// The opcode map that ``opcode`` belongs to.
  public enum Map: UInt8, Sendable, Hashable {
    case oneByte = 0
    /// 0f xx
    case twoByte = 1
    /// 0f 38 xx
    case threeByte38 = 2
    /// 0f 3a xx
    case threeByte3A = 3
    /// EVEX map 5 and 6 (half-precision floats)
    case evex5 = 5
    case evex6 = 6
    /// AMD XOP maps
    case xop8 = 8
    case xop9 = 9
    case xopA = 10
  }

  /// Bits of the legacy prefixes.
  public struct Prefixes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let operandSize = Prefixes(rawValue: 1)  // 66
    public static let addressSize = Prefixes(rawValue: 2)  // 67
    public static let lock = Prefixes(rawValue: 4)  // f0
    public static let repne = Prefixes(rawValue: 8)  // f2
    public static let rep = Prefixes(rawValue: 16)  // f3
    public static let es = Prefixes(rawValue: 32)  // 26
    public static let cs = Prefixes(rawValue: 64)  // 2e
    public static let ss = Prefixes(rawValue: 128)  // 36
    public static let ds = Prefixes(rawValue: 256)  // 3e
    public static let fs = Prefixes(rawValue: 512)  // 64
    public static let gs = Prefixes(rawValue: 1024)  // 65
  }

  public private(set) var prefixes: Prefixes = []
  /// The REX prefix, 0x40…0x4f; 0 when there is none.
  public private(set) var rex: UInt8 = 0
  /// Whether a VEX, EVEX or XOP prefix was used.
  public private(set) var isVectorPrefixed = false
  public private(set) var map: Map = .oneByte
  /// The last opcode byte.
  public private(set) var opcode: UInt8 = 0
  /// The ModR/M byte; nil for instructions without one.
  public private(set) var modRM: UInt8?
  /// The displacement of a rip-relative operand; nil for other operands.
  public private(set) var ripDisplacement: Int32?
  /// The displacement of a direct jump or call, counted from the next instruction; nil for others.
  public private(set) var branchDisplacement: Int64?
  /// The number of immediate bytes, branch displacements included.
  public private(set) var immediateByteCount = 0
  /// The length of the instruction in bytes, 1…15.
  public private(set) var byteCount = 0

  /// The reg field of ModR/M, 0…7; nil without ModR/M.
  public var reg: UInt8? { modRM.map { ($0 >> 3) & 7 } }
  /// Whether ModR/M names a register (mod 3); nil without ModR/M.
  public var isRegisterForm: Bool? { modRM.map { $0 >> 6 == 3 } }

  /// Reads one instruction at the start of the bytes; nil if they end inside it, it exceeds 15 bytes, or the
  /// opcode has no place in the maps.
  public init?(_ bytes: UnsafeRawBufferPointer, isLong: Bool) {
    var reader = ByteReader(bytes: bytes, limit: min(bytes.count, 15))
    guard readPrefixes(&reader, isLong: isLong), let first = reader.next() else { return nil }
    guard readOpcode(first, &reader, isLong: isLong) else { return nil }
    if X86OpcodeMaps.hasModRM(map, opcode, isVectorPrefixed: isVectorPrefixed, isLong: isLong) {
      guard readOperand(&reader, isLong: isLong) else { return nil }
    }
    guard let count = immediateSize(isLong: isLong), let value = reader.signed(count) else { return nil }
    immediateByteCount = count
    if isRelativeBranch { branchDisplacement = value }
    byteCount = reader.position
  }

  /// The address that a direct jump or call at `address` goes to; nil for other instructions.
  public func branchTarget(at address: UInt64) -> UInt64? {
    branchDisplacement.map { address &+ UInt64(byteCount) &+ UInt64(bitPattern: $0) }
  }

  private var isRelativeBranch: Bool {
    guard !isVectorPrefixed else { return false }
    switch (map, opcode) {
    case (.oneByte, 0x70...0x7f), (.oneByte, 0xe0...0xe3), (.oneByte, 0xe8...0xe9), (.oneByte, 0xeb),
      (.twoByte, 0x80...0x8f):
      return true
    case (_, _): return false
    }
  }
}

extension X86Encoding {
  private mutating func readPrefixes(_ reader: inout ByteReader, isLong: Bool) -> Bool {
    while let byte = reader.peek() {
      if let prefix = X86OpcodeMaps.legacyPrefix(byte) {
        prefixes.insert(prefix)
        rex = 0
      } else if isLong, byte & 0xf0 == 0x40 {
        rex = byte
      } else {
        return true
      }
      reader.skip()
    }
    return false
  }

  private mutating func readOpcode(_ first: UInt8, _ reader: inout ByteReader, isLong: Bool) -> Bool {
    guard let second = reader.peek() else {
      opcode = first
      return true
    }
    // In 32-bit code these bytes are LES, LDS, BOUND and POP unless the next byte has the form mod 3.
    if isLong || second >> 6 == 3 {
      switch first {
      case 0xc5: return readVector(&reader, payload: 1)
      case 0xc4: return readVector(&reader, payload: 2)
      case 0x62: return readVector(&reader, payload: 3)
      case 0x8f where second & 0x1f >= 8: return readVector(&reader, payload: 2)
      default: break
      }
    }
    guard first == 0x0f else {
      opcode = first
      return true
    }
    return readEscaped(&reader)
  }

  private mutating func readEscaped(_ reader: inout ByteReader) -> Bool {
    guard let second = reader.next() else { return false }
    switch second {
    case 0x38, 0x3a:
      guard let third = reader.next() else { return false }
      map = second == 0x38 ? .threeByte38 : .threeByte3A
      opcode = third
    default:
      map = .twoByte
      opcode = second
    }
    return true
  }

  /// VEX with one or two payload bytes, XOP with two, EVEX with three; then the opcode.
  private mutating func readVector(_ reader: inout ByteReader, payload: Int) -> Bool {
    guard let first = reader.next() else { return false }
    for _ in 1..<payload { guard reader.next() != nil else { return false } }
    guard let last = reader.next() else { return false }
    let number = payload == 1 ? 1 : (payload == 3 ? first & 0x07 : first & 0x1f)
    guard number != 0, let vectorMap = Map(rawValue: number) else { return false }
    map = vectorMap
    opcode = last
    isVectorPrefixed = true
    return true
  }

  private mutating func readOperand(_ reader: inout ByteReader, isLong: Bool) -> Bool {
    guard let modRM = reader.next() else { return false }
    self.modRM = modRM
    let mod = modRM >> 6
    let base = modRM & 7
    if mod == 3 { return true }
    if !isLong, prefixes.contains(.addressSize) {
      let count = mod == 0 ? (base == 6 ? 2 : 0) : Int(mod)
      return reader.signed(count) != nil
    }
    var hasDisplacement32 = mod == 2 || (mod == 0 && base == 5)
    if base == 4 {
      guard let sib = reader.next() else { return false }
      if mod == 0, sib & 7 == 5 { hasDisplacement32 = true }
    }
    guard let displacement = reader.signed(hasDisplacement32 ? 4 : (mod == 1 ? 1 : 0)) else { return false }
    if isLong, mod == 0, base == 5 { ripDisplacement = Int32(truncatingIfNeeded: displacement) }
    return true
  }

  private func immediateSize(isLong: Bool) -> Int? {
    if isVectorPrefixed { return X86OpcodeMaps.vectorImmediate(map, opcode) }
    switch map {
    case .oneByte:
      return X86OpcodeMaps.oneByteImmediate(
        opcode, reg: reg ?? 0, isLong: isLong, isWide: rex & 8 != 0, prefixes)
    case .twoByte: return X86OpcodeMaps.twoByteImmediate(opcode, isLong: isLong, prefixes)
    case .threeByte38: return 0
    case .threeByte3A: return 1
    case .evex5, .evex6, .xop8, .xop9, .xopA: return nil
    }
  }
}
