public import Elfutils
import InstructionDecoder

/// The rules of one kernel, or of one module's kernel: says of any address whether the kernel would take a probe
/// there, why not, and what the probe would cost.
///
/// Everything comes from the image: its tables, its symbols and its code.
public final class KernelRules {
  /// Whether the image is a whole kernel or a module.
  public let kind: KernelImageKind
  let kernel: KernelImage
  let text: PatchedText
  let assumptions: MachineAssumptions
  private let judge: KernelJudge

  /// - Parameters:
  ///   - image: a vmlinux, a module or an object file of one.
  ///   - kernel: the rules of the vmlinux that a module belongs to; without it the kernel is taken to be built as
  ///     distributions do.
  ///   - assumptions: what to take for granted about the machine.
  /// - Throws: when a section cannot be read, or there are no rules for the architecture.
  public init(
    image: ElfImage, kernel: KernelRules? = nil, assumptions: MachineAssumptions = .common
  ) throws(ElfError) {
    guard image.identity.machine.instructionSet != nil, image.identity.byteOrder == .little else {
      throw ElfError(
        operation: "judge probes in", path: image.path, reason: "no rules are known for this architecture",
        remedy: "give an image for x86, arm64 or arm")
    }
    let loaded = try KernelImage(image, kernel: kernel?.kernel)
    self.kernel = loaded
    kind = loaded.kind
    self.assumptions = assumptions
    text = PatchedText.of(loaded, assumptions)
    do {
      judge = try KernelJudge(kernel: loaded, text: text, assumptions: assumptions)
    } catch {
      throw ElfError(operation: "judge probes in", path: image.path, reason: error.reason)
    }
  }

  /// What the kernel makes of a probe at a link address.
  public func verdict(at linkAddress: UInt64) -> ProbeVerdict { judge.verdict(at: linkAddress) }

  /// The addresses of the symbols of that name, in ascending order; empty when there is none.
  public func addresses(ofSymbol name: String) -> [UInt64] { kernel.symbols.addresses(named: name) }

  /// An address as `symbol+0x…`, or in hexadecimal outside all symbols.
  public func place(of address: UInt64) -> String {
    guard let symbol = kernel.symbol(at: address) else { return "0x" + String(address, radix: 16) }
    let offset = address - symbol.range.start
    return kernel.symbols.name(of: symbol) + (offset == 0 ? "" : "+0x" + String(offset, radix: 16))
  }

  /// What keeps an accepted probe from being optimised, in words that name the instruction or branch; nil when
  /// nothing does.
  public func explanation(of obstacle: Obstacle?) -> String? {
    obstacle.map { obstacle in
      obstacle.text(instruction: obstacle.address.flatMap { judge.text(at: $0) }) { place(of: $0) }
    }
  }
}

extension PatchedText {
  /// The text of a kernel as it runs.
  static func of(_ kernel: KernelImage, _ assumptions: MachineAssumptions) -> PatchedText {
    switch kernel.machine {
    case .x8664, .x86: X86Patcher(kernel, assumptions).patched()
    case .arm64: ARM64Patcher(kernel).patched()
    case .arm, .other:
      PatchedText(memory: kernel.memory, sites: [], areReturnsOpen: false, returns: AddressList([]))
    }
  }
}
