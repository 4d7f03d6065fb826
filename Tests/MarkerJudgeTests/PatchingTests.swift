import Testing

@testable import MarkerJudge

@Suite("text as the kernel patches it")
struct PatchingTests {
  private let old = X86Nops(longest: 8, jumpsOverLongRuns: false)
  private let new = X86Nops(longest: 11, jumpsOverLongRuns: true)

  @Test("runs of single nops become long ones")
  func runs() {
    #expect(old.optimised([0x55] + Array(repeating: 0x90, count: 5), isLong: true) == [0x55] + X86Nops.nop(5))
    #expect(
      old.optimised(Array(repeating: 0x90, count: 10), isLong: true) == X86Nops.nop(8) + X86Nops.nop(2))
    #expect(new.optimised(Array(repeating: 0x90, count: 10), isLong: true) == X86Nops.nop(10))
    #expect(
      new.optimised(Array(repeating: 0x90, count: 14), isLong: true)
        == [0xeb, 12] + Array(repeating: 0xcc, count: 12))
  }

  @Test("a nop within an immediate stays")
  func immediate() {
    let code: [UInt8] = [0xb8, 0x90, 0x90, 0x90, 0x90, 0x90]
    #expect(old.optimised(code, isLong: true) == code)
  }

  @Test("every nop is one instruction of its length", arguments: 1...11)
  func lengths(count: Int) throws {
    let nop = X86Nops.nop(count)
    let code = FunctionCode(
      range: AddressRange(0, UInt64(count)), bytes: nop, decoder: try .init(architecture: .amd64))
    #expect(nop.count == count)
    #expect(code.encoding(at: 0)?.byteCount == count)
  }

  @Test("a call keeps its target where it is moved")
  func call() {
    let moved = X86Relocation(isLong: true, adjustsAll: false)
      .moved([0xe8, 0, 0x10, 0, 0], from: 0x1000, to: 0x2000)
    #expect(moved == [0xe8, 0, 0, 0, 0])
  }

  @Test("a near jump becomes a short one where it can")
  func jump() {
    let jump: [UInt8] = [0xe9, 0xfb, 0x0f, 0, 0]  // to 0x2000
    let old = X86Relocation(isLong: true, adjustsAll: false)
    let new = X86Relocation(isLong: true, adjustsAll: true)
    #expect(old.moved(jump, from: 0x1000, to: 0x1ff0) == [0xeb, 0x0e, 0x0f, 0x1f, 0x00])
    #expect(new.moved(jump, from: 0x1000, to: 0x1ff0) == [0xeb, 0x0e, 0xcc, 0xcc, 0xcc])
    #expect(old.moved(jump, from: 0x1000, to: 0x2010) == [0xe9, 0xeb, 0xff, 0xff, 0xff])
    #expect(new.moved(jump, from: 0x1000, to: 0x2010) == [0xeb, 0xee, 0xcc, 0xcc, 0xcc])
  }
}
