/// Everything that judging one kernel needs and that tasks can share.
struct KernelModel: Sendable {
  let kernel: KernelImage
  let text: PatchedText
  let assumptions: MachineAssumptions

  init(_ kernel: KernelImage, _ assumptions: MachineAssumptions) {
    self.kernel = kernel
    self.assumptions = assumptions
    text = Self.text(of: kernel, assumptions)
  }

  private static func text(of kernel: KernelImage, _ assumptions: MachineAssumptions) -> PatchedText {
    if let running = assumptions.runningText, let start = kernel.linker["_stext"] {
      var memory = kernel.memory
      memory.write(running, at: start)
      return PatchedText(settled: memory)
    }
    switch kernel.machine {
    case .x8664, .x86: return X86Patcher(kernel, assumptions).patched()
    case .arm64: return ARM64Patcher(kernel, assumptions).patched()
    case .arm, .other: return PatchedText(settled: kernel.memory)
    }
  }

  /// An address as `symbol+0x…`, or in hexadecimal outside all symbols.
  func place(of address: UInt64) -> String {
    guard let symbol = kernel.symbol(at: address) else { return "0x" + String(address, radix: 16) }
    let offset = address - symbol.range.start
    return kernel.symbols.name(of: symbol) + (offset == 0 ? "" : "+0x" + String(offset, radix: 16))
  }
}
