public import Elfutils
import InstructionDecoder

/// The rules for user probes (uprobes) in one program or library.
///
/// A definition with a bad place is taken by `uprobe_events`; the kernel refuses it when the event is enabled
/// while a process runs the program, and silently leaves it out of processes started later.
public final class UserRules {
  let program: UserProgram
  private let decoder: InstructionDecoder
  private var functions: [UInt64: X86Function] = [:]

  /// - Throws: when a section cannot be read, or there are no rules for the architecture.
  public init(image: ElfImage) throws(ElfError) {
    guard let set = image.identity.machine.instructionSet, image.identity.byteOrder == .little else {
      throw ElfError(
        operation: "judge probes in", path: image.path, reason: "no rules are known for this architecture",
        remedy: "give an image for x86, arm64 or arm")
    }
    program = try UserProgram(image)
    do {
      decoder = try InstructionDecoder(architecture: set)
    } catch {
      throw ElfError(operation: "judge probes in", path: image.path, reason: error.reason)
    }
  }

  /// The file offset of an address, which user probes are defined by; nil when no part of the file is loaded
  /// there.
  public func fileOffset(of linkAddress: UInt64) -> UInt64? { program.fileOffset(of: linkAddress) }

  /// The addresses of the functions of each name, in ascending order.
  public private(set) lazy var symbolIndex: [String: [UInt64]] = program.symbolIndex()

  /// What the kernel makes of a user probe at a link address.
  public func verdict(at linkAddress: UInt64) -> ProbeVerdict {
    guard program.fileOffset(of: linkAddress) != nil else {
      return refused(linkAddress, .notMapped, .invalid, "no part of the file is loaded at the address")
    }
    guard program.isCode(linkAddress) else {
      return ProbeVerdict(
        address: linkAddress, decision: .neverArmed("the address is data, which the breakpoint would change"))
    }
    switch program.machine {
    case .x8664, .x86: return x86(linkAddress)
    case .arm64: return arm64(linkAddress)
    case .arm, .other: return arm(linkAddress)
    }
  }

  private func refused(
    _ address: UInt64, _ rule: RuleName, _ errno: ProbeErrno, _ detail: String
  ) -> ProbeVerdict {
    ProbeVerdict(address: address, decision: .refused(Refusal(rule: rule, errno: errno, detail: detail)))
  }

  private func accepted(
    _ address: UInt64, _ probeClass: ProbeClass, _ remarks: [String] = [], isConditional: Bool = false,
    isExclusive: Bool = false
  ) -> ProbeVerdict {
    ProbeVerdict(
      address: address, decision: .accepted, probeClass: probeClass, remarks: remarks,
      isConditional: isConditional,
      hazard: isExclusive ? ExclusiveSequence.hazard : nil)
  }

  /// Gives the words of the function that stand before the address.
  private func words(before address: UInt64) -> (UInt64) -> UInt32? {
    let start = program.function(at: address)?.range.start ?? address
    return { $0 >= start && $0 < address ? self.word(at: $0) : nil }
  }

  private func word(at address: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: program.memory.unsigned(at: address, byteCount: 4) ?? 0)
  }
}

extension UserRules {
  private func x86(_ address: UInt64) -> ProbeVerdict {
    if let start = instructionAround(address) {
      let place = "0x" + String(start, radix: 16)
      return ProbeVerdict(
        address: address,
        decision: .neverArmed(
          "the address is inside the instruction at \(place), which the breakpoint would change"))
    }
    let rules = X86UserRules(isLong: program.machine == .x8664)
    let answer = program.memory.withBytes(at: address, count: 15) { rules.answer($0) }
    switch answer {
    case nil: return refused(address, .undecodable, .notExecutable, "no section holds the address")
    case .emulated: return accepted(address, .emulated, [trust(address)].compactMap(\.self))
    case .stepped(let remark):
      return accepted(address, .singleStepped, [remark, trust(address)].compactMap(\.self))
    case .refused(let rule, let errno, let detail): return refused(address, rule, errno, detail)
    }
  }

  /// The start of the instruction that the address lies inside of, by decoding its function; nil when it starts
  /// one, or when that cannot be told. Kernels do not test it.
  private func instructionAround(_ address: UInt64) -> UInt64? {
    guard let function = program.function(at: address) else { return nil }
    let decoded = functions[function.range.start] ?? decode(function.range)
    functions[function.range.start] = decoded
    let offset = Int(clamping: address - function.range.start)
    guard offset < decoded.decodedEnd, !decoded.isStart(offset) else { return nil }
    return decoded.starts.last { $0 < offset }.map { function.range.start &+ UInt64($0) }
  }

  /// What is said where no function's symbol covers the address: no boundary of instructions can be told.
  private func trust(_ address: UInt64) -> String? {
    program.function(at: address) == nil
      ? "no symbol tells where the instructions before it begin: that one begins here is taken on trust" : nil
  }

  private func decode(_ range: AddressRange) -> X86Function {
    let bytes = program.memory.bytes(at: range.start, count: range.byteCount &+ FunctionCode.overhang)
    return X86Function(FunctionCode(range: range, bytes: bytes, decoder: decoder), decoder)
  }

  private func arm64(_ address: UInt64) -> ProbeVerdict {
    if address & 3 != 0 { return refused(address, .misaligned, .invalid, "the address is no multiple of 4") }
    if word(at: address) == 0xd420_00a0 {
      return refused(address, .breakpoint, .noSuchSupport, "a breakpoint stands here already")
    }
    let isExclusive = ExclusiveSequence.holdsARM64(address, word: words(before: address))
    switch ARM64Instruction(word: word(at: address)).handling(isUser: true, refusesMemoryCopy: true) {
    case .stepped: return accepted(address, .singleStepped, isExclusive: isExclusive)
    case .simulated: return accepted(address, .simulated, isExclusive: isExclusive)
    case .rejected(let reason): return refused(address, .rejectedInstruction, .invalid, reason)
    }
  }

  private func arm(_ address: UInt64) -> ProbeVerdict {
    if address & 3 != 0 { return refused(address, .misaligned, .invalid, "the address is no multiple of 4") }
    let instruction = ARMInstruction(word: word(at: address))
    if instruction.handling == .rejected || instruction.isRefusedForUsers {
      return refused(
        address, .rejectedInstruction, .invalid, "the kernel neither steps nor simulates the instruction")
    }
    if program.isThumb(address) {
      return ProbeVerdict(
        address: address,
        decision: .neverArmed(
          "the code is Thumb: the breakpoint is never hit, and changes what the program does"))
    }
    return accepted(
      address, instruction.handling == .simulated ? .simulated : .singleStepped,
      isConditional: instruction.isConditional,
      isExclusive: ExclusiveSequence.holdsARM(address, word: words(before: address)))
  }
}
