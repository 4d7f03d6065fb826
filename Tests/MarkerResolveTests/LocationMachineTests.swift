import Testing

@testable import Elfutils
@testable import MarkerResolve

/// A frame at %bp with its CFA 16 bytes above.
private struct Frame: LocationContext {
  var addressByteCount = 8
  var isBigEndian = false
  func frameBase() throws(NoValue) -> SymbolicValue { .register(6) }
  func canonicalFrameAddress() throws(NoValue) -> SymbolicValue { .register(6, plus: 16) }
  func entryValue(_ expression: [DwarfOperation]) throws(NoValue) -> SymbolicValue {
    throw NoValue(.entryValueOnly)
  }
  func expression(ofEntry offset: UInt64) throws(NoValue) -> [DwarfOperation] { [operation(0x31)] }
}

private func operation(
  _ code: UInt8, _ one: Int64 = 0, _ two: UInt64 = 0, at offset: UInt64 = 0,
  _ payload: DwarfOperation.Payload = .none
) -> DwarfOperation {
  DwarfOperation(
    code: code, operand1: UInt64(bitPattern: one), operand2: two, offset: offset, payload: payload)
}

@Suite("DWARF expressions")
struct LocationMachineTests {
  private func location(_ operations: DwarfOperation...) throws -> ValueLocation {
    try LocationMachine.location(operations, in: Frame())
  }

  @Test("registers, memory and the frame")
  func places() throws {
    #expect(try location(operation(0x55)) == .value(.register(5)))
    #expect(try location(operation(0x90, 12)) == .value(.register(12)))
    #expect(try location(operation(0x75, -8)) == .memory(.register(5, plus: -8)))
    #expect(try location(operation(0x92, 12, 40)) == .memory(.register(12, plus: 40)))
    #expect(try location(operation(0x91, -20)) == .memory(.register(6, plus: -20)))
    #expect(try location(operation(0x9c), operation(0x23, 8)) == .memory(.register(6, plus: 24)))
    #expect(try location(operation(0x03, 0x1000)) == .memory(.image(0x1000)))
    #expect(
      try location(operation(0x75, 8), operation(0x06)) == .memory(.load(.register(5, plus: 8), byteCount: 8))
    )
  }

  @Test("a stack value is no memory")
  func stackValue() throws {
    #expect(try location(operation(0x75, 8), operation(0x9f)) == .value(.register(5, plus: 8)))
    #expect(try location(operation(0x37), operation(0x9f)) == .value(.constant(7)))
    #expect(try location(operation(0x9e, 2, 0, .bytes([1, 2]))) == .bytes([1, 2]))
    #expect(
      try location(operation(0xa0, 0x40, 4, .entry(0x40))) == .implicitPointer(entry: 0x40, byteOffset: 4))
  }

  @Test(
    "arithmetic on constants",
    arguments: [
      (0x1a, 12, 10, 8), (0x1b, -12, 5, -2), (0x1c, 3, 5, -2), (0x1d, 17, 5, 2), (0x1e, -3, 7, -21),
      (0x21, 12, 3, 15), (0x22, 40, 2, 42), (0x24, 3, 4, 48), (0x25, -1, 60, 15), (0x26, -16, 2, -4),
      (0x27, 12, 10, 6), (0x29, 4, 4, 1), (0x2a, 4, 5, 0), (0x2b, 5, 4, 1), (0x2c, 4, 4, 1), (0x2d, -1, 0, 1),
      (0x2e, 4, 4, 0),
    ] as [(UInt8, Int64, Int64, Int64)])
  func binary(_ code: UInt8, _ left: Int64, _ right: Int64, _ result: Int64) throws {
    let found = try location(operation(0x11, left), operation(0x11, right), operation(code), operation(0x9f))
    #expect(found == .value(.constant(UInt64(bitPattern: result))))
  }

  @Test("an unsigned part that is converted to a signed type of its width is signed")
  func signedPart() throws {
    // What clang writes of an int that was made a long: the register's low half, by its sign.
    let found = try location(
      operation(0x74), operation(0x10, 0xffff_ffff), operation(0x1a),
      operation(0xa8, 0, 0, .baseType(byteCount: 4, encoding: 5)),
      operation(0xa8, 0, 0, .baseType(byteCount: 8, encoding: 5)), operation(0x9f))
    let slice = BitSlice(offset: 0, width: 32, isSigned: true)
    #expect(found == .value(.term(SymbolicValue.Term(base: .register(4), addend: 0, slice: slice))))
  }

  @Test("the stack: dup, drop, over, pick, swap, rot")
  func stack() throws {
    func top(_ operations: DwarfOperation...) throws -> ValueLocation {
      try LocationMachine.location(
        [operation(0x31), operation(0x32), operation(0x33)] + operations + [operation(0x9f)], in: Frame())
    }
    #expect(try top(operation(0x12)) == .value(.constant(3)))
    #expect(try top(operation(0x13)) == .value(.constant(2)))
    #expect(try top(operation(0x14)) == .value(.constant(2)))
    #expect(try top(operation(0x15, 2)) == .value(.constant(1)))
    #expect(try top(operation(0x16)) == .value(.constant(2)))
    #expect(try top(operation(0x17)) == .value(.constant(2)))
  }

  @Test("a division by zero, an empty stack and a loop end with a reason")
  func reasons() {
    #expect(throws: NoValue.self) { try location(operation(0x13)) }
    #expect(throws: NoValue.self) { try location(operation(0x22)) }
    #expect(throws: NoValue.self) { try location(operation(0x2f, -3)) }
    #expect(throws: NoValue.self) { try location(operation(0xe0)) }
    #expect(throws: NoValue.self) { try location(operation(0xff)) }
    #expect(throws: NoValue.self) { try location() }
  }

  @Test("an operation that no location can be made of is named")
  func names() {
    let named: [(UInt8, String)] = [
      (0xfa, "DW_OP_GNU_parameter_ref"), (0x97, "DW_OP_push_object_address"), (0xff, "DWARF operation 0xff"),
    ]
    for (code, name) in named {
      let error = #expect(throws: NoValue.self) { try location(operation(code)) }
      #expect(error?.absence == .notExpressible(name))
    }
  }

  @Test("every operation is consumed or refused with a reason, whatever its operands", arguments: 0..<40)
  func hostile(_ seed: UInt64) {
    var generator = SplitMix(state: seed &* 0x9e37_79b9_7f4a_7c15 &+ 1)
    let edges: [Int64] = [0, 1, -1, 7, 8, 63, 64, 127, 4096, .max, .min, 1 << 40]
    for _ in 0..<400 {
      var operations: [DwarfOperation] = []
      for index in 0..<UInt64.random(in: 1...12, using: &generator) {
        let code = UInt8.random(in: .min ... .max, using: &generator)
        operations.append(
          operation(
            code, edges.randomElement(using: &generator) ?? 0,
            UInt64(bitPattern: edges.randomElement(using: &generator) ?? 0), at: index * 3,
            [.none, .bytes([1, 2, 3]), .entry(9), .baseType(byteCount: .max, encoding: 5), .address(1)]
              .randomElement(using: &generator) ?? .none))
      }
      var frame = Frame()
      frame.addressByteCount = Bool.random(using: &generator) ? 8 : 4
      let outcome = Result { try LocationMachine.location(operations, in: frame) }
      if case .failure(let error) = outcome { #expect(error is NoValue) }
    }
  }
}

/// SplitMix64: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
