import Elfutils
import MarkerJudge
import Testing

@Suite("why a probe is not optimised")
struct ObstacleTests {
  @Test("the branch, fixup or jump is named with its place")
  func named() throws {
    #expect(
      try explanation("mt_branch", 5)
        == "'loop 0x…' at mt_branch+0x2b jumps to mt_branch+0x7, inside the bytes to replace")
    #expect(
      try explanation("mt_fixup", 5) == "'mov rax, qword ptr [rbx]' at mt_fixup+0xc has an exception fixup")
    #expect(try explanation("mt_short", 5) == "only 2 bytes are left in the function, a jump takes 5")
    #expect(
      try explanation("mt_indirect", 5) == "'jmp rax' at mt_indirect+0x13 jumps to an address not known")
    #expect(try explanation("mt_boost", 5) == "'shl eax, 3' at mt_boost+0x5 cannot run elsewhere")
    #expect(try explanation("mt_plain", 5) == nil)
  }

  @Test("a probe among the replaced bytes of another is the other's obstacle")
  func together() throws {
    try judge { (rules: KernelRules) throws -> Void in
      let start = try #require(rules.symbolIndex["mt_plain"]?.first)
      let verdicts = rules.verdicts(together: [start + 5, start + 6, start + 13])
      #expect(verdicts.map(\.probeClass) == [.singleStepped, .optimised, .optimised])
      #expect(verdicts[0].obstacle == .otherProbe(at: start + 6))
      let alone = [start + 5, start + 6].map { rules.verdict(at: $0) }
      #expect(alone.overlaps.map(\.probe) == [start + 5])
    }
  }

  @Test("findings say what to do")
  func findings() throws {
    try judge { (rules: KernelRules) throws -> Void in
      func found(_ symbol: String, _ offset: UInt64) throws -> [String] {
        let address = try #require(rules.symbolIndex[symbol]?.first) + offset
        let explained = try #require(try rules.verdicts(at: [address]).first)
        return explained.findings(at: rules.place(of: address)) { 42 }
          .map { "\($0.kind.code) \($0.message); \($0.help ?? "")" }
      }
      #expect(
        try found("mt_notrace", 0) == [
          "M301 the kernel refuses a probe at 'mt_notrace' with EINVAL; move the marker to a function that calls this one"
        ])
      #expect(
        try found("mt_fixup", 5) == [
          "M304 the probe at 'mt_fixup+0x5' is not optimised; a marker before line 42 would be optimised"
        ])
      #expect(try found("mt_plain", 5).isEmpty)
    }
  }

  private func explanation(_ symbol: String, _ offset: UInt64) throws -> String? {
    try judge { rules in
      let address = try #require(rules.symbolIndex[symbol]?.first) + offset
      let text = rules.explanation(of: rules.verdict(at: address).obstacle)
      // Where the object's sections are laid out is of no interest.
      return text?.replacing(/0x1[0-9a-f]{4,}/, with: "0x…")
    }
  }

  private func judge<Result>(_ body: (KernelRules) throws -> Result) throws -> Result {
    let vermagic = "-DVERMAGIC=\"vermagic=6.1.0 SMP preempt mod_unload modversions \""
    return try Fixture.withImage("targets-x86.S", ["gcc", "-c", vermagic]) {
      try body(KernelRules(image: $0))
    }
  }
}
