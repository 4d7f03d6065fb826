import Elfutils
import MarkerJudge
import Testing

@Suite("what a verdict depends on")
struct ConditionTests {
  @Test("an object without its kernel leaves CONFIG_PREEMPTION open")
  func preemption() throws {
    try Fixture.withImage("targets-x86.S", ["gcc", "-c"]) { image in
      let verdict = try judge(image, .common, "mt_fixup", 5)
      #expect(verdict.probeClass == .depends)
      #expect(verdict.possibleClasses == [.boosted, .singleStepped])
      #expect(verdict.conditions == ["CONFIG_PREEMPTION"])
      let moving = try judge(image, .common, "mt_plain", 5)
      #expect(moving.probeClass == .optimised && moving.conditions.isEmpty)
    }
  }

  @Test("a LOCK prefix among the replaced bytes leaves it to the number of processors")
  func lock() throws {
    try Fixture.withImage("targets-x86.S", ["gcc", "-c", Self.vermagic]) { image in
      let processor = "processor\t: 0\nflags\t\t: fpu\n"
      let one = try #require(CpuInformation(processor)).assumptions
      let two = try #require(CpuInformation(processor + processor)).assumptions
      for assumptions in [.unknown, one] {
        let verdict = try judge(image, assumptions, "mt_lock", 5)
        #expect(verdict.probeClass == .depends && verdict.possibleClasses == [.optimised, .singleStepped])
        #expect(verdict.conditions.contains { $0.hasPrefix("LOCK prefixes") })
      }
      #expect(try judge(image, .common, "mt_lock", 5).probeClass == .optimised)
      #expect(try judge(image, two, "mt_lock", 5).conditions.isEmpty)
    }
  }

  @Test("a choice by a bug of the processor follows the machine's list of bugs")
  func bug() throws {
    try Fixture.withImage("targets-x86.S", ["gcc", "-c", "-DKERNEL=\"6.1.0 SMP preempt \""]) {
      (image: ElfImage) throws -> Void in
      func verdict(_ bugs: String) throws -> ProbeVerdict {
        let text = "processor\t: 0\nflags\t\t: fpu\nbugs\t\t: \(bugs)\n"
        return try judge(image, try #require(CpuInformation(text)).assumptions, "mt_choice", 5)
      }
      #expect(try verdict("another_bug").refusal?.rule == .uncopyable)
      #expect(try verdict("a_bug").isAccepted)
      #expect(try verdict("a_bug").conditions.isEmpty)
      #expect(try verdict("another_bug").conditions.isEmpty)
      #expect(try judge(image, .common, "mt_choice", 5).dependsOnMachine)
    }
  }

  @Test(
    "which machines keep return thunks",
    arguments: [
      ("AuthenticAMD", "retbleed", true), ("AuthenticAMD", "spectre_v2", false),
      ("HygonGenuine", "srso", true), ("GenuineIntel", "retbleed spectre_v2", false),
      ("GenuineIntel", "its", true),
    ])
  func returns(vendor: String, bugs: String, keeps: Bool) throws {
    let text = "vendor_id\t: \(vendor)\nflags\t\t: fpu\nbugs\t\t: \(bugs)\n"
    let information = try #require(CpuInformation(text))
    #expect(information.assumptions.returnThunks == keeps)
  }

  @Test(
    "an instruction with a condition, and a pointer that no instruction is",
    .enabled(if: Fixture.has("arm-linux-gnueabihf-gcc")))
  func arm() throws {
    let command = ["arm-linux-gnueabihf-gcc", "-c"]
    try Fixture.withImage("pointers-arm.S", command) { (image: ElfImage) throws -> Void in
      #expect(try judge(image, .common, "mt_pointer", 20).refusal?.rule == .rejectedInstruction)
      let conditional = try judge(image, .common, "mt_pointer", 12)
      #expect(conditional.isAccepted && conditional.isConditional)
      #expect(try !judge(image, .common, "mt_pointer", 8).isConditional)
    }
  }

  private static let vermagic = "-DVERMAGIC=\"vermagic=6.1.0 SMP preempt mod_unload modversions \""

  private func judge(
    _ image: ElfImage, _ assumptions: MachineAssumptions, _ symbol: String, _ offset: UInt64
  ) throws -> ProbeVerdict {
    let rules = try KernelRules(image: image, assumptions: assumptions)
    return rules.verdict(at: try #require(rules.symbolIndex[symbol]?.first) + offset)
  }
}
