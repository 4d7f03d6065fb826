/// arch/x86/kernel/kprobes/core.c:can_probe: decoding from the symbol's start must arrive at the address.
struct InstructionBoundaryRule: RefusalRule {
  let name = RuleName.notInstructionBoundary
  let errno = ProbeErrno.illegalSequence

  func objection(to probe: ProbePoint) -> String? {
    let function = probe.code.x86
    let offset = Int(clamping: probe.offset)
    // Where decoding ends at the address itself, every instruction before it was one.
    if function.isStart(offset) || offset == function.decodedEnd { return nil }
    let before = function.starts.last { $0 < offset } ?? 0
    if offset > function.decodedEnd {
      return "the bytes at +0x\(hex(function.decodedEnd)) are no instruction"
    }
    return "the instruction starts at +0x\(hex(Int(before)))"
  }

  private func hex(_ value: Int) -> String { String(value, radix: 16) }
}
