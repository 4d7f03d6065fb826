import InstructionDecoder

/// arch/x86/kernel/kprobes/opt.c: whether the kernel replaces the instructions at a probe by a jump.
struct X86Optimiser {
  let kernel: KernelImage
  /// How many processors the kernel booted on; nil when that is not known.
  let processors: Int?

  /// The bytes that the jump takes.
  static let jumpByteCount = 5

  /// What the kernel does with a probe that it accepted.
  enum Answer {
    /// It replaces this many bytes, whole instructions, by a jump, unless something is otherwise; nil when nothing
    /// may be.
    case optimised(byteCount: Int, unless: String?)
    case notOptimised(Obstacle)
  }

  /// Whether the kernel optimises a probe that it accepted.
  func answer(_ probe: ProbePoint) -> Answer {
    if let obstacle = wholeFunctionObstacle(probe) { return .notOptimised(obstacle) }
    return replacement(probe)
  }

  /// can_optimize: entry text, room, exception fixups, decoding, indirect jumps, branches into the bytes.
  private func wholeFunctionObstacle(_ probe: ProbePoint) -> Obstacle? {
    if let entry = kernel.linker.range(TextArea.entry.start, TextArea.entry.end),
      entry.contains(probe.address)
    {
      return .entryText
    }
    let size = probe.symbol.range.byteCount
    let offset = Int(clamping: probe.offset)
    if size - offset < Self.jumpByteCount { return .tooCloseToEnd(bytesLeft: size - offset) }
    let start = probe.symbol.range.start
    let function = probe.code.x86
    if let fault = firstException(probe.symbol.range, function) { return .exceptionTable(at: fault) }
    if function.decodedEnd < size { return .undecodable(at: start &+ UInt64(function.decodedEnd)) }
    if let jump = indirectJump(function, start) { return .indirectJump(at: jump) }
    let window = (offset + 1)...(offset + Self.jumpByteCount)
    if let branch = function.branch(into: window) {
      return .branchInto(target: start &+ UInt64(branch.target), from: start &+ UInt64(branch.source))
    }
    return nil
  }

  /// The first instruction of the function that the exception table lists.
  private func firstException(_ range: AddressRange, _ function: X86Function) -> UInt64? {
    var rest = range
    while let fault = kernel.tables.exceptions.first(in: rest) {
      if function.isStart(Int(fault - range.start)) { return fault }
      rest = AddressRange(fault &+ 1, range.end)
    }
    return nil
  }

  private func indirectJump(_ function: X86Function, _ start: UInt64) -> UInt64? {
    let plain = function.indirectJumps.first.map { start &+ UInt64($0) }
    switch kernel.features.indirectJumps {
    case .none: return nil
    case .plain: return plain
    case .withThunks(let thunks):
      let jump = function.departures.first { isThunk($0.target, thunks) }
      return plain ?? jump.map { start &+ UInt64($0.source) }
    }
  }

  /// Whether a jump goes to a thunk; both ends of the range count (insn_jump_into_range).
  private func isThunk(_ target: UInt64, _ thunks: AddressRange?) -> Bool {
    if let thunks, thunks.start <= target, target <= thunks.end { return true }
    let own = thunks == nil ? kernel.symbol(at: target).map(kernel.symbols.name) : nil
    let name = kernel.externals[target] ?? own
    guard let name else { return false }
    return name.hasPrefix("__x86_indirect_thunk_") || name == "__x86_return_thunk"
  }

  /// copy_optimized_instructions: every instruction that the jump overwrites must be copied and boosted, and
  /// none of the bytes may be another mechanism's.
  private func replacement(_ probe: ProbePoint) -> Answer {
    let boost = X86Boost(includesGroups: kernel.features.boostsGroups)
    var length = 0
    while length < Self.jumpByteCount {
      let address = probe.address &+ UInt64(length)
      guard let encoding = probe.code.encoding(at: address), UncopyableRule.reason(encoding) == nil,
        !probe.code.hasEmulatePrefix(at: address)
      else { return .notOptimised(.notCopyable(at: address)) }
      if kernel.tables.exceptions.contains(address) || !boost.canBoost(encoding) {
        return .notOptimised(.notBoostable(at: address))
      }
      length += encoding.byteCount
    }
    let range = AddressRange(start: probe.address, byteCount: length)
    if let obstacle = reserved(range) { return .notOptimised(obstacle) }
    let hasLock = processors.map { $0 < 2 } ?? true && LockPrefix.isReserved(in: range, of: kernel)
    return .optimised(
      byteCount: length,
      unless: hasLock ? "LOCK prefixes, which a kernel that booted on one processor may reserve" : nil)
  }

  private func reserved(_ range: AddressRange) -> Obstacle? {
    if let location = kernel.tables.ftraceLocations.first(in: range) {
      return .reserved(.ftraceLocation, at: location)
    }
    if let label = kernel.tables.jumpLabels.firstOverlap(range) {
      return .reserved(.jumpLabel, at: label.start)
    }
    if let call = kernel.tables.staticCalls.firstOverlap(range) {
      return .reserved(.staticCall, at: call.start)
    }
    return nil
  }
}
