/// Which A32 instructions the kernel can run under a probe (arch/arm/probes/decode-arm.c, for ARMv6 and later).
///
/// The groups are tried in order, and in the first that matches the patterns. Encodings: Arm ARM (ARMv7), A5.
enum ARMTable {
  static let groups: [ARMGroup] = [
    unconditional, miscellaneous, halfwordMultiply, multiply,
    ARMGroup(mask: 0x0f00_00f0, value: 0x0100_0090, patterns: []),  // ldrex, strex, swp
    extraLoadStore, registerOperations, immediateOperations, parallelAndExtend, multiplyAndBitfield,
    loadStore, multipleLoadStore, branches,
    ARMGroup(mask: 0x0c00_0000, value: 0x0c00_0000, patterns: []),  // coprocessor, VFP, NEON, svc
  ]

  private static let unconditional = ARMGroup(
    mask: 0xf000_0000, value: 0xf000_0000,
    patterns: [
      .simulated(0xfe30_0000, 0xf410_0000),  // pld, pldw, pli, immediate
      .simulated(0xfe30_0010, 0xf610_0000),  // pld, pldw, pli, register
      .simulated(0xfe00_0000, 0xfa00_0000),  // blx to a label
    ])

  private static let miscellaneous = ARMGroup(
    mask: 0x0f90_0080, value: 0x0100_0000,
    patterns: [
      .simulated(0x0ff0_00f0, 0x0100_0000, d: .notPC),  // mrs cpsr
      .simulated(0x0ff0_00f0, 0x0120_0010),  // bx
      .simulated(0x0ff0_00f0, 0x0120_0030, m: .notPC),  // blx to a register
      .copied(0x0ff0_00f0, 0x0160_0010, d: .notPC, m: .notPC),  // clz
      .copied(0x0f90_00f0, 0x0100_0050, n: .notPC, d: .notPC, m: .notPC),  // qadd, qsub, qdadd, qdsub
    ])

  private static let halfwordMultiply = ARMGroup(
    mask: 0x0f90_0090, value: 0x0100_0080,
    patterns: [
      .copied(0x0ff0_0090, 0x0140_0080, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smlal<x><y>
      .copied(0x0ff0_00b0, 0x0120_00a0, n: .notPC, s: .notPC, m: .notPC),  // smulw<y>
      .copied(0x0ff0_0090, 0x0160_0080, n: .notPC, s: .notPC, m: .notPC),  // smul<x><y>
      .copied(0x0ff0_0090, 0x0100_0080, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smla<x><y>
      .copied(0x0ff0_00b0, 0x0120_0080, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smlaw<y>
    ])

  private static let multiply = ARMGroup(
    mask: 0x0f00_00f0, value: 0x0000_0090,
    patterns: [
      .copied(0x0fe0_00f0, 0x0000_0090, n: .notPC, s: .notPC, m: .notPC),  // mul
      .copied(0x0fe0_00f0, 0x0020_0090, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // mla
      .copied(0x0ff0_00f0, 0x0060_0090, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // mls
      .copied(0x0ff0_00f0, 0x0040_0090, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // umaal
      // umull, umlal, smull, smlal
      .copied(0x0f80_00f0, 0x0080_0090, n: .notPC, d: .notPC, s: .notPC, m: .notPC),
    ])

  private static let extraLoadStore = ARMGroup(
    mask: 0x0e00_0090, value: 0x0000_0090,
    patterns: [
      .rejected(0x0f20_0090, 0x0020_0090),  // strht, ldrht, ldrsbt, ldrsht
      .rejected(0x0e10_e0d0, 0x0000_e0d0),  // ldrd, strd of lr and pc
      // ldrd, strd, with a register and with an immediate offset
      .copied(0x0e50_00d0, 0x0000_00d0, n: .notPCWithWriteback, d: .notPC, m: .notPC, mayStore: true),
      .copied(0x0e50_00d0, 0x0040_00d0, n: .notPCWithWriteback, d: .notPC, mayStore: true),
      // strh; ldrh, ldrsb, ldrsh: with a register, then with an immediate offset
      .copied(0x0e50_00f0, 0x0000_00b0, n: .notPCWithWriteback, d: .notPC, m: .notPC, mayStore: true),
      .copied(0x0e50_0090, 0x0010_0090, n: .notPCWithWriteback, d: .notPC, m: .notPC),
      .copied(0x0e50_00f0, 0x0040_00b0, n: .notPCWithWriteback, d: .notPC, mayStore: true),
      .copied(0x0e50_0090, 0x0050_0090, n: .notPCWithWriteback, d: .notPC),
    ])

  private static let registerOperations = ARMGroup(
    mask: 0x0e00_0000, value: 0x0000_0000,
    patterns: [
      .rejected(0x0e10_f000, 0x0010_f000),  // <op>s pc
      .simulated(0xffff_ffff, 0xe1a0_c00d),  // mov ip, sp
      .copied(0x0f90_0010, 0x0110_0000),  // tst, teq, cmp, cmn
      .copied(0x0fa0_0010, 0x01a0_0000),  // mov, mvn
      .copied(0x0e00_0010, 0x0000_0000),  // and, eor, sub, rsb, add, adc, sbc, rsc, orr, bic
      .copied(0x0f90_0090, 0x0110_0010, n: .notPC, s: .notPC, m: .notPC),  // the same, shifted by a register
      .copied(0x0fa0_0090, 0x01a0_0010, d: .notPC, s: .notPC, m: .notPC),
      .copied(0x0e00_0090, 0x0000_0010, n: .notPC, d: .notPC, s: .notPC, m: .notPC),
    ])

  private static let immediateOperations = ARMGroup(
    mask: 0x0e00_0000, value: 0x0200_0000,
    patterns: [
      .copied(0x0fb0_0000, 0x0300_0000, d: .notPC),  // movw, movt
      .copied(0x0fff_00ff, 0x0320_0001),  // yield
      .copied(0x0fff_00ff, 0x0320_0004),  // sev
      .simulated(0x0fff_00fc, 0x0320_0000),  // nop, wfe, wfi
      .rejected(0x0fb0_0000, 0x0320_0000),  // dbg, msr
      .rejected(0x0e10_f000, 0x0210_f000),  // <op>s pc
      .copied(0x0e00_0000, 0x0200_0000),  // tst, teq, cmp, cmn, mov, mvn, and, eor, sub, rsb, add, …
    ])

  private static let parallelAndExtend = ARMGroup(
    mask: 0x0f00_0010, value: 0x0600_0010,
    patterns: [
      .copied(0x0ff0_00f0, 0x0680_00b0, n: .notPC, d: .notPC, m: .notPC),  // sel
      .copied(0x0fa0_0030, 0x06a0_0010, d: .notPC, m: .notPC),  // ssat, usat
      .copied(0x0fb0_00f0, 0x06a0_0030, d: .notPC, m: .notPC),  // ssat16, usat16
      .copied(0x0fb0_0070, 0x06b0_0030, d: .notPC, m: .notPC),  // rev, rev16, rbit, revsh
      .rejected(0x0fb0_0010, 0x0600_0010),
      .rejected(0x0f80_00f0, 0x0600_00b0),
      .rejected(0x0f80_00f0, 0x0600_00d0),
      .copied(0x0f80_0010, 0x0600_0010, n: .notPC, d: .notPC, m: .notPC),  // sadd16, uhsub8, …
      .copied(0x0ff0_0030, 0x0680_0010, n: .notPC, d: .notPC, m: .notPC),  // pkhbt, pkhtb
      .rejected(0x0fb0_00f0, 0x0690_0070),
      .copied(0x0f8f_00f0, 0x068f_0070, d: .notPC, m: .notPC),  // sxtb, uxth, …
      .copied(0x0f80_00f0, 0x0680_0070, n: .notPC, d: .notPC, m: .notPC),  // sxtab, uxtah, …
    ])

  private static let multiplyAndBitfield = ARMGroup(
    mask: 0x0f00_0010, value: 0x0700_0010,
    patterns: [
      .rejected(0x0ff0_00f0, 0x07f0_00f0),  // udf
      .copied(0x0ff0_0090, 0x0740_0010, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smlald, smlsld
      .copied(0x0ff0_f090, 0x0700_f010, n: .notPC, s: .notPC, m: .notPC),  // smuad, smusd
      .copied(0x0ff0_f0d0, 0x0750_f010, n: .notPC, s: .notPC, m: .notPC),  // smmul
      .copied(0x0ff0_f0f0, 0x0780_f010, n: .notPC, s: .notPC, m: .notPC),  // usad8
      .copied(0x0ff0_0090, 0x0700_0010, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smlad, smlsd
      .copied(0x0ff0_00d0, 0x0750_0010, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smmla
      .copied(0x0ff0_00f0, 0x0780_0010, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // usada8
      .copied(0x0ff0_00d0, 0x0750_00d0, n: .notPC, d: .notPC, s: .notPC, m: .notPC),  // smmls
      .copied(0x0fa0_0070, 0x07a0_0050, d: .notPC, m: .notPC),  // sbfx, ubfx
      .copied(0x0fe0_007f, 0x07c0_001f, d: .notPC),  // bfc
      .copied(0x0fe0_0070, 0x07c0_0010, d: .notPC, m: .notPC),  // bfi
    ])

  private static let loadStore = ARMGroup(
    mask: 0x0c00_0000, value: 0x0400_0000,
    patterns: [
      .rejected(0x0c40_f000, 0x0440_f000),  // ldrb, strb of pc
      .rejected(0x0d20_0000, 0x0420_0000),  // strt, ldrt, strbt, ldrbt
      .copied(0x0e10_0000, 0x0400_0000, n: .notPCWithWriteback, mayStore: true),  // str, strb
      .copied(0x0e10_0000, 0x0410_0000, n: .notPCWithWriteback),  // ldr, ldrb
      .copied(0x0e10_0000, 0x0600_0000, n: .notPCWithWriteback, m: .notPC, mayStore: true),  // str, strb
      .copied(0x0e10_0000, 0x0610_0000, n: .notPCWithWriteback, m: .notPC),  // ldr, ldrb
    ])

  private static let multipleLoadStore = ARMGroup(
    mask: 0x0e00_0000, value: 0x0800_0000,
    patterns: [.copied(0x0e40_0000, 0x0800_0000, mayStore: true)])  // ldm, stm, not of user registers

  private static let branches = ARMGroup(
    mask: 0x0e00_0000, value: 0x0a00_0000, patterns: [.simulated(0x0e00_0000, 0x0a00_0000)])  // b, bl
}
