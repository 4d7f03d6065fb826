public import Elfutils
import InstructionDecoder

/// The rules of one kernel, or of one module's kernel: says of any address whether the kernel would take a probe
/// there, why not, and what the probe would cost.
///
/// Everything comes from the image: its tables, its symbols and its code.
public final class KernelRules {
  let model: KernelModel
  private let judge: KernelJudge

  /// Whether the image is a whole kernel or a module.
  public var kind: KernelImageKind { model.kernel.kind }

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
    let loaded = try KernelImage(image, kernel: kernel?.model.kernel)
    model = KernelModel(loaded, assumptions)
    do {
      judge = try KernelJudge(model)
    } catch {
      throw ElfError(operation: "judge probes in", path: image.path, reason: error.reason)
    }
  }

  /// What the kernel makes of a probe at a link address.
  public func verdict(at linkAddress: UInt64) -> ProbeVerdict { judge.verdict(at: linkAddress) }

  /// The addresses of the symbols of each name as kallsyms knows them, in ascending order.
  public private(set) lazy var symbolIndex: [String: [UInt64]] = model.kernel.symbols.index()

  /// An address as `symbol+0x…`, or in hexadecimal outside all symbols.
  public func place(of address: UInt64) -> String { model.place(of: address) }

  /// What keeps an accepted probe from being optimised, in words that name the instruction or branch; nil when
  /// nothing does.
  public func explanation(of obstacle: Obstacle?) -> String? { judge.explanation(of: obstacle) }
}
