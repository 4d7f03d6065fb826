import CElfutils

#if canImport(Glibc)
  import Glibc
#endif

extension DwarfInfo {
  /// The rule for the canonical frame address at a link address, as a DWARF expression over registers
  /// (from `.debug_frame`, else `.eh_frame`); nil when no table covers the address.
  public func canonicalFrameAddress(at address: UInt64) -> [DwarfOperation]? {
    for table in callFrameTables {
      var frame: OpaquePointer?
      guard dwarf_cfi_addrframe(table, address, &frame) == 0, let frame else { continue }
      defer { releaseFrame(frame) }
      var operations: UnsafeMutablePointer<Dwarf_Op>?
      var count = 0
      guard dwarf_frame_cfa(frame, &operations, &count) == 0, count > 0, let operations else { continue }
      return UnsafeBufferPointer(start: operations, count: count).map {
        DwarfOperation(
          code: $0.atom, operand1: $0.number, operand2: $0.number2, offset: $0.offset, payload: .none)
      }
    }
    return nil
  }

  func openCallFrameTables() -> [OpaquePointer] {
    var bias: Dwarf_Addr = 0
    let frame = dwfl_module_dwarf_cfi(image.module, &bias)
    image.relocateUnwindTable()
    let unwind = dwfl_module_eh_cfi(image.module, &bias)
    return [frame, unwind].compactMap { $0 }
  }
}

private func releaseFrame(_ frame: OpaquePointer) { free(UnsafeMutableRawPointer(frame)) }
