import Elfutils

/// The addresses of the symbols that the linker script or the kernel's code defines and that rules refer to.
struct LinkerSymbols: Sendable {
  private let addresses: [String: UInt64]
  private let sizes: [String: UInt64]

  init(_ symbols: [ElfSymbol]) {
    let found = symbols.filter { $0.sectionIndex != nil && Self.names.contains($0.name) }
    addresses = Dictionary(found.map { ($0.name, $0.address) }, uniquingKeysWith: { $1 })
    sizes = Dictionary(found.map { ($0.name, $0.byteCount) }, uniquingKeysWith: { $1 })
  }

  subscript(name: String) -> UInt64? { addresses[name] }

  /// What a symbol covers by its own size; nil when it is missing or has none.
  func range(of name: String) -> AddressRange? {
    guard let start = addresses[name], let size = sizes[name], size > 0 else { return nil }
    return AddressRange(start, start &+ size)
  }

  /// The range between two symbols; nil when one is missing or nothing lies between them.
  func range(_ start: String, _ end: String) -> AddressRange? {
    guard let low = addresses[start], let high = addresses[end], low < high else { return nil }
    return AddressRange(low, high)
  }

  private static let names: Set<String> = Set(
    code + TextArea.allCases.flatMap { [$0.start, $0.end] }
      + KernelTable.allCases.flatMap { [$0.start, $0.end] })

  private static let code = [
    "register_kprobe", "kprobe_ftrace_handler", "optprobe_template_entry", "kprobe_emulate_jmp",
    "preempt_schedule", "validate_probe_symbol", "start_kernel", "linux_banner", "vermagic",
    "kallsyms_num_syms", "x86_cap_flags",
    "x86_bug_flags",
    "__x86_return_thunk", "__x86_indirect_thunk_array", "_end",
    "_paravirt_nop", "nop_func",
  ]
}

/// The areas of a kernel's text that linker scripts bound by symbols.
enum TextArea: String, CaseIterable, Sendable {
  case text, initText, entry, irqEntry, kprobes, noinstr, identityMap, hypervisor, hypervisorIdentityMap
  case indirectThunks, image

  var start: String { bounds.0 }
  var end: String { bounds.1 }

  private var bounds: (String, String) {
    switch self {
    case .text: ("_stext", "_etext")
    case .initText: ("_sinittext", "_einittext")
    case .entry: ("__entry_text_start", "__entry_text_end")
    case .irqEntry: ("__irqentry_text_start", "__irqentry_text_end")
    case .kprobes: ("__kprobes_text_start", "__kprobes_text_end")
    case .noinstr: ("__noinstr_text_start", "__noinstr_text_end")
    case .identityMap: ("__idmap_text_start", "__idmap_text_end")
    case .hypervisor: ("__hyp_text_start", "__hyp_text_end")
    case .hypervisorIdentityMap: ("__hyp_idmap_text_start", "__hyp_idmap_text_end")
    case .indirectThunks: ("__indirect_thunk_start", "__indirect_thunk_end")
    case .image: ("_stext", "_end")
    }
  }
}

/// The tables that the kernel consults about an address: in vmlinux between two symbols, in a module or object
/// a section of their own.
enum KernelTable: CaseIterable, Sendable {
  case ftraceLocations, blacklist, jumpLabels, staticCalls, bugs, exceptions, alternatives, retpolines
  case returns, paravirtual, smpLocks, sealedEndbr

  var start: String { names.start }
  var end: String { names.end }
  /// The names that the section may have in a relocatable file.
  var sections: [String] { names.sections }

  private var names: (start: String, end: String, sections: [String]) {
    switch self {
    case .ftraceLocations:
      ("__start_mcount_loc", "__stop_mcount_loc", ["__mcount_loc", "__patchable_function_entries"])
    case .blacklist: ("__start_kprobe_blacklist", "__stop_kprobe_blacklist", ["_kprobe_blacklist"])
    case .jumpLabels: ("__start___jump_table", "__stop___jump_table", ["__jump_table"])
    case .staticCalls: ("__start_static_call_sites", "__stop_static_call_sites", [".static_call_sites"])
    case .bugs: ("__start___bug_table", "__stop___bug_table", ["__bug_table"])
    case .exceptions: ("__start___ex_table", "__stop___ex_table", ["__ex_table"])
    case .alternatives: ("__alt_instructions", "__alt_instructions_end", [".altinstructions"])
    case .retpolines: ("__retpoline_sites", "__retpoline_sites_end", [".retpoline_sites"])
    case .returns: ("__return_sites", "__return_sites_end", [".return_sites"])
    case .paravirtual: ("__parainstructions", "__parainstructions_end", [".parainstructions"])
    case .smpLocks: ("__smp_locks", "__smp_locks_end", [".smp_locks"])
    case .sealedEndbr: ("__ibt_endbr_seal", "__ibt_endbr_seal_end", [".ibt_endbr_seal"])
    }
  }
}
