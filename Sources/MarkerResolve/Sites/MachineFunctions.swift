import Elfutils
import InstructionDecoder

/// The out-of-line functions of an image with their graphs, each made once.
final class MachineFunctions {
  private let code: CodeReader
  private let decoder: InstructionDecoder?
  private var known: [UInt64: MachineFunction] = [:]
  private let callClobbered: UInt32
  private let tracers: Set<UInt64>
  let machine: Machine

  /// - Throws: when the decoder cannot be opened.
  init(image: ElfImage) throws(ElfError) {
    code = CodeReader(image: image)
    machine = image.identity.machine
    callClobbered = Self.callClobbered(image.identity.machine)
    tracers = Set(
      image.symbols.lazy.filter { $0.name == FlowGraphBuilder.tracer && $0.sectionIndex != nil }.map(
        \.address))
    guard let set = Self.instructionSet(image.identity) else {
      decoder = nil
      return
    }
    do {
      decoder = try InstructionDecoder(architecture: set)
    } catch {
      throw ElfError(operation: "decode instructions", path: image.path, reason: "\(error)")
    }
  }

  func function(_ die: Die) -> MachineFunction {
    if let function = known[die.offset] { return function }
    let function = MachineFunction(die: die, callClobbered: callClobbered) { [code, decoder, tracers] in
      guard let decoder else { return nil }
      let builder = FlowGraphBuilder(
        code: code, decoder: decoder, deadReturns: DeadReturns.of(die), tracers: tracers)
      return builder.graph(of: die.ranges, entry: die.entryPC)
    }
    known[die.offset] = function
    return function
  }

  /// The assembler text of an instruction; nil when the decoder does not know it.
  func text(of instruction: Instruction) -> String? {
    let range = AddressRange(start: instruction.address, end: instruction.endAddress)
    guard let decoder, let bytes = code.bytes(in: range) else { return nil }
    return decoder.text(of: bytes, at: instruction.address)
  }

  /// The name of the symbol outside of the file that an instruction refers to; nil when it refers to none.
  func externalName(of instruction: Instruction) -> String? {
    code.externalName(in: AddressRange(start: instruction.address, end: instruction.endAddress))
  }

  /// nil on a machine that the decoder does not know; there no graph is built and nothing is called proven.
  private static func instructionSet(_ identity: ElfIdentity) -> InstructionSet? {
    switch identity.machine {
    case .x8664: .amd64
    case .x86: .i386
    case .arm64: .arm64
    case .arm: identity.byteOrder == .little || identity.flags & byteInvariant != 0 ? .arm : nil
    case .other: nil
    }
  }

  /// `EF_ARM_BE8`: data is big-endian and instructions are little-endian, as they always are on arm64. Without it, in
  /// files that are not linked yet, instructions are big-endian, too.
  private static let byteInvariant: UInt32 = 0x0080_0000

  /// The registers, by DWARF number, that a call may change (System V psABI, AAPCS).
  private static func callClobbered(_ machine: Machine) -> UInt32 {
    switch machine {
    case .x8664: 0x0f37  // rax rdx rcx rsi rdi r8-r11
    case .x86: 0x0007  // eax ecx edx
    case .arm64: 0x4007_ffff  // x0-x18 lr
    case .arm: 0x500f  // r0-r3 ip lr
    case .other: UInt32.max
    }
  }
}

/// The return addresses of calls that do not return, from the call sites of DWARF.
enum DeadReturns {
  /// Functions of the C library and the kernel that never return and whose declarations may not say so.
  private static let names: Set<String> = [
    "exit", "_exit", "_Exit", "abort", "longjmp", "siglongjmp", "_longjmp", "__longjmp_chk", "__assert_fail",
    "__stack_chk_fail", "__chk_fail", "panic", "do_exit", "make_task_dead", "__fortify_panic",
    "fortify_panic",
    "do_group_exit", "kthread_exit", "__module_put_and_kthread_exit", "rewind_stack_and_make_dead",
    "pthread_exit",
  ]

  static func of(_ function: Die) -> Set<UInt64> {
    var result: Set<UInt64> = []
    collect(function, into: &result, depth: 0)
    return result
  }

  private static func collect(_ die: Die, into result: inout Set<UInt64>, depth: Int) {
    guard depth < 256 else { return }
    for child in die.children {
      switch child.tag {
      case .callSite, .gnuCallSite:
        guard let address = child.address(.callReturnPC) ?? child.lowPC,
          let origin = child.reference(.callOrigin) ?? child.reference(.abstractOrigin)
        else { continue }
        if origin.holder(of: .noreturn) != nil || origin.name.map({ names.contains($0) }) == true {
          result.insert(address)
        }
      case .inlinedSubroutine, .lexicalBlock: collect(child, into: &result, depth: depth + 1)
      default: break
      }
    }
  }
}
