import Elfutils

/// What an image is to the kernel: it decides how addresses are written down.
enum ImageKind {
  case kernel, module
  /// A program at fixed addresses.
  case program
  /// A program or shared object that is loaded anywhere.
  case positionIndependent

  init(_ image: ElfImage) {
    switch image.identity.type {
    case .relocatable: self = .module
    case .executable, .sharedObject, .core, .other:
      if image.section(named: "__ksymtab") != nil || image.section(named: ".init.text") != nil {
        self = .kernel
      } else {
        self = image.identity.type == .executable ? .program : .positionIndependent
      }
    }
  }
}

/// Names data of an image in fetch expressions.
struct ImageDataNaming: DataNaming {
  let image: ElfImage
  let kind: ImageKind
  let symbols: SymbolMap
  private let kernel: KernelData

  init(image: ElfImage, kind: ImageKind, symbols: SymbolMap) {
    self.image = image
    self.kind = kind
    self.symbols = symbols
    kernel = KernelData(image: image, symbols: symbols)
  }

  func reference(to linkAddress: UInt64) -> String? {
    switch kind {
    case .kernel: return isPerCPU(linkAddress) ? nil : kernel.reference(to: linkAddress)
    case .module:
      guard !isPerCPU(linkAddress), let (name, offset) = symbols.object(at: linkAddress) else { return nil }
      return offset == 0 ? "@\(name)" : "@\(name)+\(offset)"
    case .program: return "@0x" + String(linkAddress, radix: 16)
    case .positionIndependent: return offset(ofData: linkAddress).map { "@+0x" + String($0, radix: 16) }
    }
  }

  /// What `@+OFFSET` wants for an address: the kernel adds the offset to where the file's code would begin in memory
  /// (`translate_user_vaddr` of kernel/trace/trace_uprobe.c), so the distance counts that the code's segment has from
  /// the file, not the one of the data.
  private func offset(ofData address: UInt64) -> UInt64? {
    guard let code = image.segments.first(where: { $0.type == 1 && $0.flags & 1 != 0 }) else { return nil }
    let start = code.address &- code.offset
    return address >= start ? address - start : nil
  }

  /// A per-CPU variable's address is an offset into each CPU's area, not a place.
  private func isPerCPU(_ address: UInt64) -> Bool {
    guard let section = image.section(containing: address) else { return true }
    return section.name.hasPrefix(".data..percpu") || section.name.hasPrefix(".data.percpu")
  }
}
