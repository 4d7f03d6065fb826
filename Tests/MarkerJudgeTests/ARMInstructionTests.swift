import Testing

@testable import MarkerJudge

@Suite("ARM instructions under a probe")
struct ARMInstructionTests {
  /// `stmdb sp!` and `str` below the stack pointer use what lies there.
  @Test(
    "bytes stored below the stack pointer",
    arguments: [
      (0xe92d_4010, 8), (0xe92d_ffff, 64), (0xe50d_0044, 68), (0xe50d_0004, 4), (0xe58d_0044, 0),
      (0xe1a0_0001, 0),
      (0xe14d_02f8, 40),
    ] as [(UInt32, Int)])
  func stack(word: UInt32, count: Int) {
    #expect(ARMInstruction(word: word).stackByteCount == count)
  }

  @Test(
    "a register offset from the stack pointer is unknown", arguments: [0xe78d_0001, 0xe781_000d] as [UInt32])
  func unknown(word: UInt32) {
    #expect(ARMInstruction(word: word).stackByteCount == nil)
  }

  @Test(
    "handling",
    arguments: [
      (0xe1a0_c00d, .simulated), (0xea00_0000, .simulated), (0x0a00_0000, .simulated),
      (0xe320_f000, .simulated),
      (0xe080_0001, .copied), (0x0080_0001, .copied), (0xe8bd_8010, .copied), (0xe1b0_f00e, .rejected),
      (0xe191_0f9f, .rejected), (0xee1d_0f70, .rejected), (0xe121_f000, .rejected), (0xe7f0_01f2, .rejected),
      (0xe08f_0f11, .rejected),
    ] as [(UInt32, ARMPattern.Handling)])
  func handling(word: UInt32, expected: ARMPattern.Handling) {
    #expect(ARMInstruction(word: word).handling == expected)
  }

  /// atomic_dec_return as gcc puts it: nothing between ldrex and strex may be probed, all else may.
  @Test("exclusive sequences")
  func exclusive() {
    let code: [UInt32] = [0xf593_f000, 0xe193_2f9f, 0xe242_2001, 0xe183_1f92, 0xe331_0000, 0x1aff_fffa]
    let inside = code.indices.filter { index in
      ExclusiveSequence.holdsARM(UInt64(0x100 + 4 * index)) { address in
        address < 0x100 ? nil : code[Int(address - 0x100) / 4]
      }
    }
    #expect(inside == [2, 3])
  }

  @Test(
    "arm64",
    arguments: [
      (0xd503_201f, .stepped), (0xd503_203f, .rejected("the hint is not stepped")), (0x5400_0000, .simulated),
      (0x5800_0000, .simulated), (0x1000_0000, .simulated), (0xd65f_03c0, .simulated),
      (0xf940_0000, .stepped),
      (0xd53b_4220, .rejected("mrs of daif is not stepped")), (0xd53b_d040, .stepped),
      (0x1901_0442, .rejected("a memory copy or set takes three instructions in a row")),
    ] as [(UInt32, ARM64Handling)])
  func arm64(word: UInt32, expected: ARM64Handling) {
    #expect(ARM64Instruction(word: word).handling(isUser: false, refusesMemoryCopy: true) == expected)
  }
}
