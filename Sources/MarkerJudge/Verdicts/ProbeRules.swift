public import Elfutils
public import InstructionDecoder

/// The rules for probes in an image: kernel probes in a vmlinux, a module or an object, user probes in a program or
/// library.
public enum ProbeRules {
  case kernel(KernelRules)
  case user(UserRules)

  /// - Parameters:
  ///   - kernel: the rules of the vmlinux that a module belongs to.
  ///   - assumptions: what to take for granted about the machine that a kernel runs on.
  public init(
    image: ElfImage, kernel: KernelRules? = nil, assumptions: MachineAssumptions = .common
  ) throws(ElfError) {
    self =
      image.isKernelCode
      ? .kernel(try KernelRules(image: image, kernel: kernel, assumptions: assumptions))
      : .user(try UserRules(image: image))
  }

  /// What the kernel makes of a probe at a link address.
  public func verdict(at linkAddress: UInt64) -> ProbeVerdict {
    switch self {
    case .kernel(let rules): rules.verdict(at: linkAddress)
    case .user(let rules): rules.verdict(at: linkAddress)
    }
  }

  /// The addresses of the symbols of each name, in ascending order.
  public var symbolIndex: [String: [UInt64]] {
    switch self {
    case .kernel(let rules): rules.symbolIndex
    case .user(let rules): rules.symbolIndex
    }
  }

  /// What the kernel makes of probes at many addresses; in the order of the addresses.
  public func verdicts(at addresses: [UInt64]) throws(InstructionDecoderError) -> [ExplainedVerdict] {
    switch self {
    case .kernel(let rules): try rules.verdicts(at: addresses)
    case .user(let rules):
      addresses.map {
        ExplainedVerdict(verdict: rules.verdict(at: $0), obstacle: nil, canBeOptimised: false)
      }
    }
  }
}

extension ElfImage {
  /// Whether the image is kernel code: relocatable, or with a section that only kernels have.
  public var isKernelCode: Bool {
    identity.type == .relocatable || section(named: ".init.text") != nil || section(named: "__ksymtab") != nil
  }
}
