import Elfutils

/// What kind of kernel code an image holds.
public enum KernelImageKind: Sendable, Hashable {
  /// A whole kernel, linked or the object before it (vmlinux.o).
  case vmlinux
  /// A module, or an object file that is judged like one.
  case module
}

/// A kernel image with everything that its rules look at, read once; safe to share between tasks.
struct KernelImage: Sendable {
  let machine: Machine
  let kind: KernelImageKind
  /// Whether the tables are sections of their own instead of ranges between symbols.
  let isRelocatable: Bool
  let memory: ImageMemory
  /// The names of undefined symbols by the addresses that stand for them.
  let externals: [UInt64: String]
  let linker: LinkerSymbols
  let symbols: KernelSymbols
  let tables: KernelTables
  let features: KernelFeatures
  /// Text that stays after boot or loading.
  let text: RangeSet
  /// Text that is freed after boot or loading.
  let initText: RangeSet
  /// Areas and functions that never take a probe.
  let blacklist: RangeSet

  /// - Parameter kernel: the vmlinux that a module belongs to; its features and names are used.
  init(_ image: ElfImage, kernel: KernelImage?) throws(ElfError) {
    let (memory, externals) = try ImageLoader(image: image).load()
    machine = image.identity.machine
    isRelocatable = image.identity.type == .relocatable
    let names = LinkerSymbols(image.symbols)
    let kind = isRelocatable && names["start_kernel"] == nil ? KernelImageKind.module : .vmlinux
    self.kind = kind
    linker = kind == .module ? LinkerSymbols([]) : names
    let reader = TableReader(
      memory: memory, linker: linker, machine: machine, isRelocatable: isRelocatable)
    self.memory = memory
    self.externals = externals
    tables = KernelTables(reader)
    switch kind {
    case .module:
      features = kernel?.features ?? .assumed(reader, vermagic: ModuleInformation.vermagic(memory))
    case .vmlinux: features = .detected(reader)
    }
    if isRelocatable {
      symbols = ObjectSymbols.read(image)
      text = RangeSet(ObjectText.ranges(image, kind, isInit: false))
      initText = RangeSet(ObjectText.ranges(image, kind, isInit: true))
    } else {
      symbols = VmlinuxSymbols.read(image, linker, memory)
      text = RangeSet([linker.range("_stext", "_etext")].compactMap { $0 })
      initText = RangeSet([linker.range("_sinittext", "_einittext")].compactMap { $0 })
    }
    blacklist = RangeSet(
      Blacklist(machine: machine, kind: kind, linker: linker, symbols: symbols, memory: memory)
        .ranges(tables.blacklist))
  }

  /// The kernel's tables.
  var reader: TableReader {
    TableReader(memory: memory, linker: linker, machine: machine, isRelocatable: isRelocatable)
  }

  /// The symbol that covers the address, as kallsyms tells it.
  func symbol(at address: UInt64) -> KernelSymbols.Match? { symbols.symbol(at: address) }
}

/// What a module says of itself in `.modinfo`.
enum ModuleInformation {
  /// The value of `vermagic`; nil when there is none.
  static func vermagic(_ memory: ImageMemory) -> String? {
    guard let block = memory.blocks.first(where: { $0.name == ".modinfo" }) else { return nil }
    return block.bytes.split(separator: 0).lazy.map { String(decoding: $0, as: UTF8.self) }
      .first { $0.hasPrefix("vermagic=") }
      .map { String($0.dropFirst(9)) }
  }
}
