public import Elfutils

/// The symbol that addresses in a kernel are counted from: it moves with the whole image (KASLR), and every kernel
/// knows it by name.
public enum KernelBase {
  /// Its names, the best first: `_text` on x86; `_stext` elsewhere, because arm64 leaves `_text` out of kallsyms.
  public static func names(_ machine: Machine) -> [String] {
    switch machine {
    case .x86, .x8664: ["_text", "_stext"]
    case .arm, .arm64, .other: ["_stext"]
    }
  }
}

/// Names the data of a kernel. Not for concurrent use.
final class KernelData {
  private let image: ElfImage
  private let symbols: SymbolMap

  init(image: ElfImage, symbols: SymbolMap) {
    self.image = image
    self.symbols = symbols
  }

  /// `@jiffies`, or `@_text+0x…` where the kernel does not know the variable's symbol or knows several of its name; nil
  /// when the address lies below the base.
  func reference(to address: UInt64) -> String? {
    if knowsData, let (name, offset) = symbols.object(at: address) {
      return offset == 0 ? "@\(name)" : "@\(name)+\(offset)"
    }
    guard let base, address >= base.address else { return nil }
    return "@\(base.name)+0x" + String(address - base.address, radix: 16)
  }

  private lazy var base: (name: String, address: UInt64)? = KernelBase.names(image.identity.machine).lazy
    .compactMap { name in self.symbols.globalAddress(of: name).map { (name, $0) } }.first

  /// Whether the kernel's own table of symbols has those of data (CONFIG_KALLSYMS_ALL): then it counts more than those
  /// of code. Without them a definition that names one is refused with ENOENT (`traceprobe_update_arg`,
  /// kernel/trace/trace_probe.c). A kernel that does not say is taken to have them.
  private lazy var knowsData: Bool = {
    guard let place = symbols.globalAddress(of: "kallsyms_num_syms"),
      let count = CodeReader(image: image).number(at: place, byteCount: 4)
    else { return true }
    return count > UInt64(symbols.functionCount + symbols.objectCount / 2)
  }()
}
