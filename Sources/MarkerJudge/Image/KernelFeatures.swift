import Elfutils

/// What decides which rules a kernel has, found in its image; the version is asked only where the image shows
/// nothing. Docs/kernel-rules.md lists the property behind each.
struct KernelFeatures: Sendable, Hashable {
  /// What optimisation does about jumps whose target is not in the instruction.
  enum IndirectJumpCheck: Sendable, Hashable {
    /// Such jumps are no obstacle (retpoline or IBT kernels since 6.7).
    case none
    /// An indirect jump anywhere in the function is one.
    case plain
    /// So is a jump to a thunk in this range; nil when the range lies in another image or is
    /// not linked yet, and the thunks' names tell.
    case withThunks(AddressRange?)
  }

  var version: KernelVersion?
  /// CONFIG_KPROBES: `register_kprobe` exists.
  var hasKprobes = true
  /// CONFIG_DYNAMIC_FTRACE without CONFIG_KPROBE_EVENTS_ON_NOTRACE: the refusal's message is in the image.
  var refusesNotrace = true
  /// CONFIG_KPROBES_ON_FTRACE: `kprobe_ftrace_handler` exists.
  var kprobesOnFtrace = true
  /// CONFIG_OPTPROBES: `optprobe_template_entry` exists.
  var optprobes = true
  /// CONFIG_PREEMPTION: `preempt_schedule` exists; without it probes are boosted. nil when that is not known.
  var preemption: Bool? = true
  /// Branches, calls and the like are emulated instead of stepped (5.12): `kprobe_emulate_jmp` exists.
  var emulatesBranches = true
  var indirectJumps = IndirectJumpCheck.none
  /// CONFIG_X86_KERNEL_IBT: `__ibt_endbr_seal` exists.
  var skipsEndbr = false
  /// INT and UD instructions are refused (6.9).
  var refusesTraps = false
  /// Shifts, not, neg, mul, div, inc and dec are boosted (6.9).
  var boostsGroups = false
  /// The symbol of a probe in a loaded module must be there (6.7): `validate_probe_symbol` exists.
  var validatesSymbols = false
  /// Memory copy and set instructions are refused on arm64 (6.5).
  var refusesMemoryCopy = false

  /// The features that a vmlinux shows.
  static func detected(_ reader: TableReader) -> KernelFeatures {
    let linker = reader.linker
    // A vmlinux.o may get its banner only when it is linked; what modules must match it has before.
    let version = [linker["linux_banner"], linker["vermagic"]].compactMap(\.self).lazy.compactMap {
      KernelVersion(text: String(decoding: reader.memory.bytes(at: $0, count: 64), as: UTF8.self))
    }.first
    var features = KernelFeatures(machine: reader.machine, version: version)
    features.hasKprobes = linker["register_kprobe"] != nil
    features.refusesNotrace = reader.memory.dataContains(Array("Could not probe notrace function".utf8))
    features.kprobesOnFtrace = linker["kprobe_ftrace_handler"] != nil
    features.optprobes = linker["optprobe_template_entry"] != nil
    features.preemption = linker["preempt_schedule"] != nil
    if linker["validate_probe_symbol"] != nil { features.validatesSymbols = true }
    features.emulatesBranches = linker["kprobe_emulate_jmp"] != nil
    features.skipsEndbr = !reader.ranges(.sealedEndbr).isEmpty
    let hasRetpolines = !reader.ranges(.retpolines).isEmpty
    if let thunks = linker.range(TextArea.indirectThunks.start, TextArea.indirectThunks.end) {
      features.indirectJumps = .withThunks(thunks)
    } else if reader.isRelocatable, hasRetpolines, features.isBefore(6, 7) {
      features.indirectJumps = .withThunks(nil)
    } else {
      features.indirectJumps = hasRetpolines || features.skipsEndbr ? .none : .plain
    }
    return features
  }

  /// The features of a module or object without its kernel at hand: what distribution kernels of the version
  /// have, corrected by what the file shows.
  static func assumed(_ reader: TableReader, vermagic: String?) -> KernelFeatures {
    let version = vermagic.flatMap { KernelVersion(text: $0) }
    var features = KernelFeatures(machine: reader.machine, version: version)
    let isX86 = reader.machine == .x8664 || reader.machine == .x86
    // Every finished module with code lists its ftrace locations, unless the kernel has no CONFIG_DYNAMIC_FTRACE.
    let hasLocations = reader.memory.blocks.contains {
      ["__mcount_loc", "__patchable_function_entries"].contains($0.name)
    }
    features.refusesNotrace = vermagic == nil || hasLocations
    features.kprobesOnFtrace = isX86 && features.refusesNotrace
    features.optprobes = isX86 || reader.machine == .arm
    features.preemption = vermagic.map { $0.contains(" preempt") }
    features.skipsEndbr = !reader.ranges(.sealedEndbr).isEmpty
    features.indirectJumps = features.isBefore(6, 7) ? .withThunks(nil) : .none
    return features
  }

  private init(machine: Machine, version: KernelVersion?) {
    self.version = version
    refusesTraps = !isBefore(6, 9)
    boostsGroups = !isBefore(6, 9)
    validatesSymbols = !isBefore(6, 7)
    refusesMemoryCopy = !isBefore(6, 5)
  }

  /// Whether the version is known and lies before this one.
  private func isBefore(_ major: Int, _ minor: Int) -> Bool {
    version.map { $0 < KernelVersion(major, minor) } ?? false
  }
}
