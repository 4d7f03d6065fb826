public import Elfutils
internal import MarkerResolve

/// What the definitions for a kernel need of its symbol table.
public struct KernelSymbols: Sendable {
  /// See ``KernelBase``.
  let base: ElfSymbol?
  private let events: Set<String>
  private let eventSystems: Set<String>

  public init(symbols: [ElfSymbol], machine: Machine) {
    let names = KernelBase.names(machine)
    var found: [String: ElfSymbol] = [:]
    var events: Set<String> = []
    var tracerEvents: Set<String> = []
    var systems: Set<String> = []
    for symbol in symbols {
      switch symbol.name.utf8.first {
      case UInt8(ascii: "_"): if names.contains(symbol.name) { found[symbol.name] = symbol }
      case UInt8(ascii: "e"):
        if let event = Self.part(symbol.name, after: "event_", before: "") { events.insert(event) }
        if let event = Self.part(symbol.name, after: "event_class_ftrace_", before: "") {
          tracerEvents.insert(event)
        }
      case UInt8(ascii: "s"):
        if let system = Self.part(symbol.name, after: "str__", before: "__trace_system_name") {
          systems.insert(system)
        }
      default: break
      }
    }
    base = names.lazy.compactMap { found[$0] }.first
    self.events = events.subtracting(tracerEvents)
    eventSystems = systems
  }

  /// What stands between a prefix and a suffix, compared by bytes; nil when the name has not both.
  private static func part(_ name: String, after prefix: StaticString, before suffix: String) -> String? {
    let bytes = name.utf8
    let isPrefixed = prefix.withUTF8Buffer { bytes.starts(with: $0) }
    guard isPrefixed, bytes.count > prefix.utf8CodeUnitCount + suffix.utf8.count else { return nil }
    guard suffix.isEmpty || name.hasSuffix(suffix) else { return nil }
    return String(name.dropFirst(prefix.utf8CodeUnitCount).dropLast(suffix.count))
  }

  /// `_text+0x…`; nil below the base, which the kernel cannot express (`traceprobe_split_symbol_offset`), or
  /// farther away than the kernel takes an offset.
  func place(of address: UInt64) -> String? {
    guard let base, address >= base.address, address - base.address <= UInt64(UInt32.max) else { return nil }
    return "\(base.name)+0x" + String(address - base.address, radix: 16)
  }

  /// Whether the kernel has a tracepoint event of that name in that system: TRACE_EVENT defines the symbols
  /// `event_NAME` and `str__SYSTEM__trace_system_name` (include/trace/stages/init.h). The records of tracers
  /// (FTRACE_ENTRY, kernel/trace/trace_export.c) have such symbols too, but are all of the system ftrace.
  func hasEvent(_ name: String, in system: String) -> Bool {
    eventSystems.contains(system) && events.contains(name)
  }
}
