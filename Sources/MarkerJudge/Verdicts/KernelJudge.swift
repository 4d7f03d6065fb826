import Elfutils
import InstructionDecoder

/// Judges addresses of one kernel image for one task; decodes each function once.
final class KernelJudge {
  private let model: KernelModel
  private let kernel: KernelImage
  private let text: PatchedText
  private let rules: [any RefusalRule]
  private let decoder: InstructionDecoder
  private var codes: [UInt64: FunctionCode] = [:]
  private var targets: [UInt64: [UncertainTarget]] = [:]

  init(_ model: KernelModel) throws(InstructionDecoderError) {
    self.model = model
    kernel = model.kernel
    text = model.text
    rules = RuleTable.rules(kernel.machine, kernel.features)
    decoder = try InstructionDecoder(architecture: kernel.machine.instructionSet ?? .amd64)
  }

  /// What the kernel makes of a probe at the address.
  func verdict(at address: UInt64) -> ProbeVerdict {
    guard let symbol = kernel.symbol(at: address) else {
      return ProbeVerdict(address: address, decision: .neverArmed("the address lies outside all symbols"))
    }
    let code = code(for: symbol.range)
    let taken = outcome(address, symbol, code)
    let open = openVariants(address, symbol, code)
    let others = open.map { (cause: $0.cause, outcome: outcome(address, symbol, $0.code)) }
      .filter { $0.outcome.differs(from: taken) }
    return verdict(address, taken, others, symbol)
  }

  /// An obstacle in words that name the instruction or branch to blame.
  func explanation(of obstacle: Obstacle?) -> String? {
    obstacle.map { obstacle in
      let instruction = obstacle.address.flatMap { address in
        kernel.symbol(at: address).flatMap { code(for: $0.range).text(at: address) }
      }
      return obstacle.text(instruction: instruction, place: model.place)
    }
  }

  /// What one choice of bytes leads to: a mechanism, unless the kernel refuses.
  private enum Outcome: Hashable {
    case accepted(ProbeMechanism)
    case refused(Refusal)

    var mechanism: ProbeMechanism? {
      switch self {
      case .accepted(let mechanism): mechanism
      case .refused: nil
      }
    }

    /// Whether the kernel acts otherwise, be the reason what it may.
    func differs(from other: Outcome) -> Bool {
      switch (self, other) {
      case (.accepted(let left), .accepted(let right)): left.probeClass != right.probeClass
      case (.refused(let left), .refused(let right)): left.errno != right.errno
      case (.accepted, .refused), (.refused, .accepted): true
      }
    }
  }

  private func outcome(_ address: UInt64, _ symbol: KernelSymbols.Match, _ code: FunctionCode) -> Outcome {
    let probe = ProbePoint(
      address: adjusted(address, symbol, code), symbol: symbol, kernel: kernel, code: code)
    let usesFtrace =
      kernel.features.kprobesOnFtrace && kernel.tables.ftraceLocations.contains(probe.address)
    for rule in rules where !(usesFtrace && rule.name.isSkippedByFtrace) {
      if let detail = rule.objection(to: probe) {
        return .refused(Refusal(rule: rule.name, errno: rule.errno, detail: detail))
      }
    }
    return .accepted(mechanism(probe))
  }

  private func mechanism(_ probe: ProbePoint) -> ProbeMechanism {
    switch kernel.machine {
    case .x8664, .x86:
      let processors = model.assumptions.processors
      return X86Judge(kernel: kernel, processors: processors).mechanism(probe)
    case .arm: return ARMJudge(kernel: kernel).mechanism(probe)
    case .arm64, .other:
      let word = ARM64Instruction(word: probe.code.word(at: probe.address) ?? 0)
      let handling = word.handling(isUser: false, refusesMemoryCopy: kernel.features.refusesMemoryCopy)
      return ProbeMechanism(probeClass: handling == .simulated ? .simulated : .singleStepped)
    }
  }

  /// arch_adjust_kprobe_addr of x86: at a function that begins with endbr, offsets 0 and 4 mean 4.
  private func adjusted(_ address: UInt64, _ symbol: KernelSymbols.Match, _ code: FunctionCode) -> UInt64 {
    guard kernel.features.skipsEndbr, address == symbol.range.start, let word = code.word(at: address),
      word & ~0x0100_0000 == 0xfa1e_0ff3 || word == 0x001f_0f66
    else { return address }
    return address &+ 4
  }

  private func verdict(
    _ address: UInt64, _ taken: Outcome, _ others: [(cause: String, outcome: Outcome)],
    _ symbol: KernelSymbols.Match
  ) -> ProbeVerdict {
    var conditions = Set(others.map { "the machine's choice of \($0.cause)" })
    switch taken {
    case .refused(let refusal):
      return ProbeVerdict(
        address: address, decision: .refused(refusal), conditions: conditions.sorted(),
        dependsOnMachine: others.contains { $0.outcome.mechanism != nil })
    case .accepted(let mechanism):
      var classes = Set(others.compactMap(\.outcome.mechanism?.probeClass)).union([mechanism.probeClass])
      if let otherwise = mechanism.otherwise {
        conditions.insert(otherwise.condition)
        classes.insert(otherwise.probeClass)
      }
      if mechanism.probeClass == .optimised, hangsOnReturns(symbol.range) {
        conditions.insert("return thunks, which machines with Retbleed, SRSO or ITS keep")
        if text.areReturnsOpen, let trap = mechanism.trapClass { classes.insert(trap) }
      }
      return ProbeVerdict(
        address: address, mechanism, classes: classes, conditions: conditions.sorted(),
        remarks: kernel.kind == .module ? ["armed while the module is loaded"] : [],
        dependsOnMachine: others.contains { $0.outcome.mechanism == nil })
    }
  }

  /// Whether the kernel takes a return through a thunk for an indirect jump, and the function has one.
  private func hangsOnReturns(_ range: AddressRange) -> Bool {
    switch kernel.features.indirectJumps {
    case .withThunks: text.returns.first(in: range) != nil
    case .none, .plain: false
    }
  }
}

extension KernelJudge {
  private func code(for range: AddressRange) -> FunctionCode {
    if let known = codes[range.start] { return known }
    let bytes = text.memory.bytes(at: range.start, count: range.byteCount &+ FunctionCode.overhang)
    let code = FunctionCode(range: range, bytes: bytes, decoder: decoder)
    codes[range.start] = code
    return code
  }

  /// The function's code with each of the other bytes that decide about the address.
  private func openVariants(
    _ address: UInt64, _ symbol: KernelSymbols.Match, _ code: FunctionCode
  ) -> [(cause: String, code: FunctionCode)] {
    let near = AddressRange(address &- min(symbol.offset(of: address), 16), address &+ 20)
    var found: [(String, FunctionCode)] = []
    for site in text.sites(in: near) {
      for variant in site.variants {
        found.append((site.cause.rawValue, code.replacing(site.range, with: variant)))
      }
    }
    let window = (address &+ 1)...(address &+ UInt64(X86Optimiser.jumpByteCount))
    for target in uncertainTargets(symbol.range, code) where window.contains(target.address) {
      found.append((target.cause, code.replacing(target.site, with: target.other)))
    }
    return found
  }

  /// A place in the function to which a branch leads, or not, as the machine decides.
  private struct UncertainTarget {
    let address: UInt64
    let cause: String
    /// Where the branch is, and the bytes of the other choice.
    let site: AddressRange
    let other: [UInt8]
  }

  private func uncertainTargets(_ range: AddressRange, _ code: FunctionCode) -> [UncertainTarget] {
    guard kernel.machine == .x8664 || kernel.machine == .x86, kernel.features.optprobes else { return [] }
    if let known = targets[range.start] { return known }
    let found = labelTargets(range, code) + siteTargets(range, code)
    targets[range.start] = found
    return found
  }

  /// Static keys switch between a nop and a jump of the same length.
  private func labelTargets(_ range: AddressRange, _ code: FunctionCode) -> [UncertainTarget] {
    kernel.tables.labels(in: range).filter { range.contains($0.target) }.map { label in
      let isJump = code.encoding(at: label.site.start)?.branchDisplacement != nil
      let other = isJump ? X86Nops.nop(label.site.byteCount) : label.jump
      return UncertainTarget(address: label.target, cause: "a static key", site: label.site, other: other)
    }
  }

  /// Branches among the bytes taken for granted or among the other choices.
  private func siteTargets(_ range: AddressRange, _ code: FunctionCode) -> [UncertainTarget] {
    text.sites(in: range).flatMap { site in
      let own = branchTargets(of: code, in: site.range).flatMap { address in
        site.variants.map { (address: address, other: $0) }
      }
      let others = site.variants.flatMap { variant in
        branchTargets(of: code.replacing(site.range, with: variant), in: site.range)
          .map { (address: $0, other: variant) }
      }
      return (own + others).filter { range.contains($0.address) }.map {
        UncertainTarget(
          address: $0.address, cause: site.cause.rawValue, site: site.range, other: $0.other)
      }
    }
  }

  private func branchTargets(of code: FunctionCode, in site: AddressRange) -> [UInt64] {
    var targets: [UInt64] = []
    var address = site.start
    while site.contains(address), let encoding = code.encoding(at: address) {
      if X86KernelOpcode(encoding).isJump, let target = encoding.branchTarget(at: address) {
        targets.append(target)
      }
      address &+= UInt64(encoding.byteCount)
    }
    return targets
  }
}

extension KernelSymbols.Match {
  fileprivate func offset(of address: UInt64) -> UInt64 { address &- range.start }
}

extension Machine {
  /// The instruction set of the machine's kernels; nil for a machine without rules.
  var instructionSet: InstructionSet? {
    switch self {
    case .x8664: .amd64
    case .x86: .i386
    case .arm64: .arm64
    case .arm: .arm
    case .other: nil
    }
  }
}

extension RuleName {
  /// Whether a probe that uses ftrace is not tested against the rule (kernel/kprobes.c:prepare_kprobe).
  var isSkippedByFtrace: Bool {
    [.notInstructionBoundary, .trapInstruction, .uncopyable, .notEmulated].contains(self)
  }
}
