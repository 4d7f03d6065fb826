import InstructionDecoder
import Testing

@Suite("what follows an instruction")
struct FlowTests {
  static let x86: [([UInt8], Flow)] = [
    ([0x90], .sequential),
    ([0xeb, 0xfe], .jump(target: 0x1000)),
    ([0xe9, 0x00, 0x01, 0x00, 0x00], .jump(target: 0x1105)),
    ([0x74, 0x10], .conditionalJump(target: 0x1012)),
    ([0x0f, 0x85, 0xfa, 0xff, 0xff, 0xff], .conditionalJump(target: 0x1000)),
    ([0xe2, 0x02], .conditionalJump(target: 0x1004)),
    ([0xff, 0xe0], .indirectJump(isConditional: false)),
    ([0x3e, 0xff, 0xe0], .indirectJump(isConditional: false)),
    ([0xe8, 0x00, 0x00, 0x00, 0x00], .call(target: 0x1005)),
    ([0xff, 0xd0], .indirectCall),
    ([0xc3], .return(isConditional: false)),
    ([0x0f, 0x0b], .trap(.undefined)),
    ([0xcc], .trap(.breakpoint)),
    ([0xf4], .trap(.halt)),
    ([0x0f, 0x05], .trap(.systemCall)),
  ]

  @Test("x86-64", arguments: x86)
  func x86Flow(bytes: [UInt8], flow: Flow) throws {
    let decoder = try InstructionDecoder(architecture: .amd64)
    let instruction = try #require(decoder.decode(bytes, at: 0x1000))
    #expect(instruction.byteCount == bytes.count)
    #expect(instruction.flow == flow)
  }

  static let a64: [(UInt32, Flow)] = [
    (0xd503_201f, .sequential),
    (0x1400_0002, .jump(target: 0x1008)),
    (0x5400_0040, .conditionalJump(target: 0x1008)),
    (0xb400_0040, .conditionalJump(target: 0x1008)),
    (0x3600_0040, .conditionalJump(target: 0x1008)),
    (0x97ff_ffff, .call(target: 0xffc)),
    (0xd63f_0000, .indirectCall),
    (0xd61f_0000, .indirectJump(isConditional: false)),
    (0xd65f_03c0, .return(isConditional: false)),
    (0xd421_0000, .trap(.breakpoint)),
  ]

  @Test("arm64", arguments: a64)
  func a64Flow(word: UInt32, flow: Flow) throws {
    let decoder = try InstructionDecoder(architecture: .arm64)
    let instruction = try #require(decoder.decode(bytes(word), at: 0x1000))
    #expect(instruction.byteCount == 4)
    #expect(instruction.flow == flow)
  }

  static let a32: [(UInt32, Flow)] = [
    (0xe1a0_0000, .sequential),
    (0xea00_0000, .jump(target: 0x1008)),
    (0x0a00_0000, .conditionalJump(target: 0x1008)),
    (0xeb00_0000, .call(target: 0x1008)),
    (0xe12f_ff33, .indirectCall),
    (0xe12f_ff1e, .return(isConditional: false)),
    (0x012f_ff1e, .return(isConditional: true)),
    (0xe12f_ff13, .indirectJump(isConditional: false)),
    (0xe8bd_8010, .return(isConditional: false)),
    (0xe89d_a800, .return(isConditional: false)),
    (0x908f_f103, .indirectJump(isConditional: true)),
    (0x979f_f103, .indirectJump(isConditional: true)),
    (0xe7f0_01f2, .trap(.undefined)),
  ]

  @Test("arm", arguments: a32)
  func a32Flow(word: UInt32, flow: Flow) throws {
    let decoder = try InstructionDecoder(architecture: .arm)
    let instruction = try #require(decoder.decode(bytes(word), at: 0x1000))
    #expect(instruction.flow == flow)
  }

  private func bytes(_ word: UInt32) -> [UInt8] {
    withUnsafeBytes(of: word.littleEndian) { Array($0) }
  }
}
