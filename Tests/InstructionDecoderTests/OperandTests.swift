import InstructionDecoder
import Testing

@Suite("what an instruction touches")
struct OperandTests {
  @Test("a store reads its address and value registers and writes memory")
  func store() throws {
    // mov dword ptr [rdi+rcx*4], eax
    let instruction = try decode([0x89, 0x04, 0x8f])
    #expect(instruction.registersRead == set(5, 2, 0))
    #expect(instruction.registersWritten.isEmpty)
    #expect(instruction.memoryAccess == .write)
    #expect(instruction.store == StoredOperand(base: 5, hasIndex: true, displacement: 0, byteCount: 4))
  }

  @Test("a store relative to the instruction has an address, a load has no store")
  func storeRelative() throws {
    // mov byte ptr [rip+0x11], 1
    let store = try decode([0xc6, 0x05, 0x11, 0, 0, 0, 0x01])
    #expect(store.store == StoredOperand(base: nil, hasIndex: false, displacement: 0x18, byteCount: 1))
    // mov eax, [rdi+8]
    #expect(try decode([0x8b, 0x47, 0x08]).store == nil)
  }

  @Test(
    "what only sets flags writes nothing",
    arguments: [
      [0xf6, 0x47, 0x20, 0x03],  // test byte ptr [rdi+0x20], 3
      [0x84, 0x47, 0x20], [0x80, 0x7f, 0x20, 0x03],  // test [rdi+0x20], al; cmp byte ptr [rdi+0x20], 3
      [0x0f, 0xba, 0x67, 0x20, 0x03],  // bt dword ptr [rdi+0x20], 3
    ] as [[UInt8]])
  func flagsOnly(_ code: [UInt8]) throws {
    let instruction = try decode(code)
    #expect(instruction.store == nil && instruction.memoryAccess == .read)
    #expect(instruction.registersWritten.general == 0)
  }

  @Test("the address of lea is not accessed")
  func lea() throws {
    let instruction = try decode([0x48, 0x8d, 0x44, 0x24, 0x08])
    #expect(instruction.memoryAccess.isEmpty)
    #expect(instruction.registersRead == set(7))
    #expect(instruction.registersWritten == set(0))
  }

  @Test("rep movsb repeats, endbr64 does not")
  func repeated() throws {
    #expect(try decode([0xf3, 0xa4]).isRepPrefixed)
    #expect(try !decode([0xf3, 0x0f, 0x1e, 0xfa]).isRepPrefixed)
  }

  @Test("an instruction newer than the library keeps its length")
  func unknown() throws {
    // serialize
    let serialize = try decode([0x0f, 0x01, 0xe8, 0x90])
    #expect(serialize.byteCount == 3)
    #expect(!serialize.isKnown)
  }

  @Test("ud1 has an operand")
  func undefinedWithOperand() throws {
    // ud1 eax, [rip+0x10]
    #expect(try decode([0x0f, 0xb9, 0x05, 0x10, 0, 0, 0]).byteCount == 7)
  }

  @Test("a sweep covers the bytes without a gap")
  func sweep() throws {
    let decoder = try InstructionDecoder(architecture: .amd64)
    let code: [UInt8] = [0x55, 0x06, 0x48, 0x89, 0xe5, 0xc3, 0x0f]
    let found = decoder.disassemble(code, at: 0x10)
    #expect(found.map(\.byteCount) == [1, 1, 3, 1, 1])
    #expect(found.map(\.flow)[1] == .undecodable)
    #expect(found.last?.endAddress == 0x17)
  }

  @Test("text is given on request")
  func text() throws {
    let decoder = try InstructionDecoder(architecture: .arm64)
    #expect(decoder.text(of: [0x1f, 0x20, 0x03, 0xd5] as [UInt8], at: 0) == "nop")
    #expect(decoder.text(of: [0x00, 0x00, 0x40, 0xf9] as [UInt8], at: 0) == "ldr x0, [x0]")
  }

  private func decode(_ bytes: [UInt8]) throws -> Instruction {
    try #require(InstructionDecoder(architecture: .amd64).decode(bytes, at: 0))
  }

  private func set(_ numbers: Int...) -> RegisterSet {
    var set = RegisterSet()
    for number in numbers { set.insert(.general(number)) }
    return set
  }
}
