import Elfutils
import InstructionDecoder

/// Rewrites an x86 kernel's text as the kernel does at boot (arch/x86/kernel/alternative.c): paravirtual calls,
/// retpolines, returns, alternatives, in this order; and notes what else could stand at each place.
struct X86Patcher {
  private let reader: TableReader
  private let isLong: Bool
  private let assumptions: MachineAssumptions
  private let table: X86AlternativeTable
  private let features: X86FeatureNames
  private let nops: X86Nops
  private let relocation: X86Relocation
  private let externals: [UInt64: String]

  init(_ image: KernelImage, _ assumptions: MachineAssumptions) {
    reader = image.reader
    isLong = image.machine == .x8664
    self.assumptions = assumptions
    table = X86AlternativeTable(reader)
    features = X86FeatureNames(reader, assumptions)
    let isNew = table.hasFlags
    nops = X86Nops(longest: isNew && isLong ? 11 : 8, jumpsOverLongRuns: isNew)
    relocation = X86Relocation(isLong: isLong, adjustsAll: isNew)
    externals = image.externals
  }

  /// The patched text.
  func patched() -> PatchedText {
    var memory = reader.memory
    let returns = reader.relatives(.returns).filter { memory.bytes(at: $0, count: 1) == [0xe9] }
    if assumptions.returnThunks != true {
      for site in returns { memory.write([0xc3, 0xcc, 0xcc, 0xcc, 0xcc], at: site) }
    }
    let sites = (patchCalls() + patchRetpolines()).sorted { $0.range.start < $1.range.start }
    for site in sites { memory.write(site.taken, at: site.range.start) }
    let open = sites.filter { !$0.others.isEmpty }.map {
      PatchSite(range: $0.range, cause: $0.cause, variants: $0.others)
    }
    return PatchedText(
      memory: memory, sites: open, areReturnsOpen: assumptions.returnThunks == nil,
      returns: AddressList(assumptions.areFlagsCertain ? [] : returns))
  }

  /// A place with the bytes taken and the others possible.
  private struct Choice {
    let range: AddressRange
    let cause: PatchCause
    let taken: [UInt8]
    let others: [[UInt8]]
  }

  /// Retpolines stay as they are on a CPU that needs them, and else become plain indirect branches.
  private func patchRetpolines() -> [Choice] {
    reader.relatives(.retpolines).compactMap { site in
      let bytes = reader.memory.bytes(at: site, count: 15)
      guard let found = bytes.withUnsafeBytes({ X86Encoding($0, isLong: isLong) }),
        let register = thunkRegister(found.branchTarget(at: site))
      else { return nil }
      let isJump = found.opcode == 0xe9
      guard isJump || found.opcode == 0xe8, found.map == .oneByte else { return nil }
      let code = (register >= 8 ? [0x41] : []) + [0xff, (isJump ? 0xe0 : 0xd0) + UInt8(register & 7)]
      let direct = code + padding(found.byteCount - code.count, afterJump: isJump)
      return Choice(
        range: AddressRange(start: site, byteCount: found.byteCount), cause: .retpoline,
        taken: Array(bytes.prefix(found.byteCount)), others: [direct])
    }
  }

  private func padding(_ count: Int, afterJump: Bool) -> [UInt8] {
    guard count > 0 else { return [] }
    return afterJump ? [0xcc] + nops.filling(count - 1) : nops.filling(count)
  }

  /// The register number of `__x86_indirect_thunk_<register>`: thunks stand 32 bytes apart in its order.
  private func thunkRegister(_ target: UInt64?) -> Int? {
    guard let target else { return nil }
    let order = [
      "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
      "r15",
    ]
    if let name = externals[target] {
      return order.firstIndex { name == "__x86_indirect_thunk_\($0)" }
    }
    guard let first = reader.linker["__x86_indirect_thunk_array"], target >= first else { return nil }
    let number = (target - first) / 32
    return number < 16 ? Int(number) : nil
  }

  /// Paravirtual calls and alternatives, which may share a place.
  private func patchCalls() -> [Choice] {
    var groups: [UInt64: [X86Alternative]] = [:]
    for entry in table.entries { groups[entry.site, default: []].append(entry) }
    var calls: [UInt64: Int] = [:]
    for entry in reader.entries(.paravirtual, size: isLong ? 16 : 8) {
      guard let site = reader.word(entry),
        let count = reader.memory.unsigned(at: entry &+ (isLong ? 9 : 5), byteCount: 1)
      else { continue }
      calls[site] = Int(count)
    }
    return Set(groups.keys).union(calls.keys).sorted().compactMap { site in
      choice(at: site, groups[site] ?? [], callByteCount: calls[site])
    }
  }

  private func choice(at site: UInt64, _ entries: [X86Alternative], callByteCount: Int?) -> Choice? {
    let count = max(callByteCount ?? 0, entries.map(\.siteByteCount).max() ?? 0)
    let original = reader.memory.bytes(at: site, count: count)
    guard count > 0, original.count == count else { return nil }
    var taken = nops.optimised(original, isLong: isLong)
    var possible = [taken]
    if let callByteCount, callByteCount >= 5, callByteCount <= count {
      possible = calls(callByteCount, rest: Array(original[callByteCount...]))
      taken = possible[isNoOperation(original, at: site) ? 1 : 0]
    }
    for entry in entries {
      if entry.isDirectCall, features.isPresent(entry.feature) != entry.isInverted, count >= 5 {
        possible = calls(count, rest: [])
        taken = possible[isNoOperation(original, at: site) ? 1 : 0]
        continue
      }
      guard let bytes = replacement(entry, count: count) else { continue }
      let isUsed = features.isPresent(entry.feature) != entry.isInverted
      if isUsed { taken = bytes }
      if !features.isCertain(entry.feature) { possible.append(bytes) } else if isUsed { possible = [bytes] }
    }
    let others = Set(possible).subtracting([taken]).sorted { $0.lexicographicallyPrecedes($1) }
    return Choice(
      range: AddressRange(start: site, byteCount: count),
      cause: callByteCount == nil ? .alternative : .paravirtual, taken: taken, others: others)
  }

  /// What an indirect call through the operations table becomes: a direct call, or nops where the operation does
  /// nothing. Where the call goes is of no consequence.
  private func calls(_ count: Int, rest: [UInt8]) -> [[UInt8]] {
    let call: [UInt8] = [0xe8, 0, 0, 0, 0] + nops.filling(count - 5)
    return [call + rest, nops.filling(count) + rest].map { nops.optimised($0, isLong: isLong) }
  }

  /// Whether the table's entry that the call uses does nothing, unless a hypervisor's support replaces it.
  private func isNoOperation(_ original: [UInt8], at site: UInt64) -> Bool {
    let encoding = original.withUnsafeBytes { X86Encoding($0, isLong: isLong) }
    guard let encoding, let displacement = encoding.ripDisplacement else { return false }
    let entry = site &+ UInt64(encoding.byteCount) &+ UInt64(bitPattern: Int64(displacement))
    guard let target = reader.word(entry) else { return false }
    return target == reader.linker["_paravirt_nop"] || target == reader.linker["nop_func"]
  }

  private func replacement(_ entry: X86Alternative, count: Int) -> [UInt8]? {
    let code = reader.memory.bytes(at: entry.replacement, count: entry.replacementByteCount)
    guard code.count == entry.replacementByteCount, code.count <= count else { return nil }
    let moved = relocation.moved(code, from: entry.replacement, to: entry.site)
    let filled = moved + [UInt8](repeating: 0x90, count: count - moved.count)
    return nops.optimised(filled, isLong: isLong)
  }
}
