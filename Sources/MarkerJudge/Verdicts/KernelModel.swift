/// Everything that judging one kernel needs and that tasks can share.
struct KernelModel: Sendable {
  let kernel: KernelImage
  let text: PatchedText
  let assumptions: MachineAssumptions

  init(_ kernel: KernelImage, _ assumptions: MachineAssumptions) {
    self.kernel = kernel
    self.assumptions = assumptions
    text =
      switch kernel.machine {
      case .x8664, .x86: X86Patcher(kernel, assumptions).patched()
      case .arm64: ARM64Patcher(kernel, assumptions).patched()
      case .arm, .other:
        PatchedText(memory: kernel.memory, sites: [], areReturnsOpen: false, returns: AddressList([]))
      }
  }

  /// An address as `symbol+0x…`, or in hexadecimal outside all symbols.
  func place(of address: UInt64) -> String {
    guard let symbol = kernel.symbol(at: address) else { return "0x" + String(address, radix: 16) }
    let offset = address - symbol.range.start
    return kernel.symbols.name(of: symbol) + (offset == 0 ? "" : "+0x" + String(offset, radix: 16))
  }
}
