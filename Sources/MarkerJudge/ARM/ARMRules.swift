/// arch/arm/probes/decode-arm.c: instructions that the kernel can neither run in a copy nor simulate.
struct ARMInstructionRule: RefusalRule {
  let name = RuleName.rejectedInstruction
  let errno = ProbeErrno.invalid

  func objection(to probe: ProbePoint) -> String? {
    guard let word = probe.code.word(at: probe.address) else { return "no instruction stands here" }
    return ARMInstruction(word: word).handling == .rejected
      ? "the kernel neither copies nor simulates the instruction" : nil
  }
}

/// arch/arm/probes/kprobes/core.c:arch_prepare_kprobe: a store below the stack pointer would overwrite what the
/// trap saves there, so at most 64 bytes are allowed, and it must be known how many they are.
struct ARMStackStoreRule: RefusalRule {
  let name = RuleName.stackStore
  let errno = ProbeErrno.invalid

  private static let largest = 64

  func objection(to probe: ProbePoint) -> String? {
    guard let word = probe.code.word(at: probe.address) else { return nil }
    guard let count = ARMInstruction(word: word).stackByteCount else {
      return "the instruction stores at an unknown distance from the stack pointer"
    }
    return count > Self.largest ? "the instruction stores \(count) bytes below the stack pointer" : nil
  }
}
