import Elfutils

/// What a DWARF expression may ask of the world around it.
protocol LocationContext {
  var addressByteCount: Int { get }
  var isBigEndian: Bool { get }
  /// The frame base of the function that owns the variable (`DW_AT_frame_base`).
  func frameBase() throws(NoValue) -> SymbolicValue
  /// The canonical frame address at the site.
  func canonicalFrameAddress() throws(NoValue) -> SymbolicValue
  /// The value that an expression had at function entry, where it can still be had at the site.
  func entryValue(_ expression: [DwarfOperation]) throws(NoValue) -> SymbolicValue
  /// The location expression of another entry (`DW_OP_call*`).
  func expression(ofEntry offset: UInt64) throws(NoValue) -> [DwarfOperation]
}

/// Evaluates a DWARF expression over symbolic values. Every operation is consumed or ends with a reason.
struct LocationMachine<Context: LocationContext> {
  private let context: Context
  private var stack: [SymbolicValue] = []
  private var pieces: [ValueLocation.Piece] = []
  /// Set by an operation that ends a location description: register, stack value, implicit value.
  private var finished: ValueLocation?
  private var stepsLeft = 4096
  private var callDepth = 0

  private var wordBits: Int { context.addressByteCount * 8 }

  /// The location that an expression describes.
  static func location(_ operations: [DwarfOperation], in context: Context) throws(NoValue) -> ValueLocation {
    var machine = LocationMachine(context: context, initial: [])
    try machine.run(operations)
    return try machine.result()
  }

  /// The value that an expression leaves on the stack, for frame bases, CFA rules and entry values.
  static func value(
    _ operations: [DwarfOperation], in context: Context, initial: [SymbolicValue] = []
  ) throws(NoValue) -> SymbolicValue {
    var machine = LocationMachine(context: context, initial: initial)
    try machine.run(operations)
    switch machine.finished {
    case .value(let value): return value
    case nil:
      guard let top = machine.stack.last else { throw NoValue(.notExpressible("an empty expression")) }
      return top
    case .memory, .bytes, .implicitPointer, .pieces:
      throw NoValue(.notExpressible("an expression that is no value"))
    }
  }

  private init(context: Context, initial: [SymbolicValue]) {
    self.context = context
    stack = initial
  }

  private func result() throws(NoValue) -> ValueLocation {
    if !pieces.isEmpty {
      if pieces.count == 1, let only = pieces.first, only.bitOffset == 0, let location = only.location {
        return location
      }
      return .pieces(pieces)
    }
    if let finished { return finished }
    guard let top = stack.last else { throw NoValue(.optimisedOut) }
    return .memory(top)
  }

  private mutating func run(_ operations: [DwarfOperation]) throws(NoValue) {
    var index = 0
    while index < operations.count {
      stepsLeft -= 1
      guard stepsLeft > 0 else { throw NoValue(.notExpressible("an expression that does not end")) }
      let operation = operations[index]
      if let target = try branchTarget(
        operation, next: index + 1 < operations.count ? operations[index + 1] : nil)
      {
        guard let found = position(of: target, in: operations) else {
          throw NoValue(.notExpressible("a branch out of the expression"))
        }
        index = found
        continue
      }
      try execute(operation)
      index += 1
    }
  }

  private func position(of offset: UInt64, in operations: [DwarfOperation]) -> Int? {
    if let found = operations.firstIndex(where: { $0.offset == offset }) { return found }
    guard let last = operations.last, offset > last.offset else { return nil }
    return operations.count
  }

  /// `DW_OP_skip` and `DW_OP_bra`: the offset to go on at; nil for any other operation or a branch not taken.
  private mutating func branchTarget(_ operation: DwarfOperation, next: DwarfOperation?) throws(NoValue)
    -> UInt64?
  {
    guard operation.code == 0x2f || operation.code == 0x28 else { return nil }
    let following = operation.offset + 3
    let target = following &+ UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: operation.operand1)))
    if operation.code == 0x2f { return target }
    guard case .constant(let condition) = try pop() else {
      throw NoValue(.notExpressible("a value that depends on a comparison"))
    }
    return condition != 0 ? target : following
  }

  private mutating func pop() throws(NoValue) -> SymbolicValue {
    guard let top = stack.popLast() else {
      throw NoValue(.notExpressible("a damaged expression (empty stack)"))
    }
    return top
  }

  private mutating func execute(_ operation: DwarfOperation) throws(NoValue) {
    let code = operation.code
    switch code {
    case 0x03: stack.append(.image(operation.operand1))  // DW_OP_addr
    case 0x08, 0x0a, 0x0c, 0x0e, 0x10: stack.append(constant(operation.operand1))  // DW_OP_const<n>u, constu
    case 0x09, 0x0b, 0x0d, 0x0f, 0x11: stack.append(constant(operation.operand1))  // DW_OP_const<n>s, consts
    case 0x30...0x4f: stack.append(.constant(UInt64(code - 0x30)))  // DW_OP_lit<n>
    case 0x50...0x6f: finished = .value(.register(UInt64(code - 0x50)))  // DW_OP_reg<n>
    case 0x90: finished = .value(.register(operation.operand1))  // DW_OP_regx
    case 0x70...0x8f:  // DW_OP_breg<n>
      stack.append(.register(UInt64(code - 0x70), plus: Int64(bitPattern: operation.operand1)))
    case 0x92:  // DW_OP_bregx
      stack.append(.register(operation.operand1, plus: Int64(bitPattern: operation.operand2)))
    case 0x91:  // DW_OP_fbreg
      stack.append(try context.frameBase().adding(Int64(bitPattern: operation.operand1)))
    case 0x9c: stack.append(try context.canonicalFrameAddress())  // DW_OP_call_frame_cfa
    case 0x12...0x17: try shuffle(operation)
    case 0x06, 0x94: try dereference(operation)
    case 0x19, 0x1f, 0x20, 0x23: try unary(operation)
    case 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x21, 0x22, 0x24, 0x25, 0x26, 0x27, 0x29...0x2e: try binary(code)
    case 0x93: try piece(bitCount: operation.operand1 &* 8, bitOffset: 0)  // DW_OP_piece
    case 0x9d: try piece(bitCount: operation.operand1, bitOffset: operation.operand2)  // DW_OP_bit_piece
    case 0x96: break  // DW_OP_nop
    case 0x9f: finished = .value(try pop())  // DW_OP_stack_value
    default: try executeWithPayload(operation)
    }
  }

  private mutating func executeWithPayload(_ operation: DwarfOperation) throws(NoValue) {
    switch (operation.code, operation.payload) {
    case (0x9e, .bytes(let bytes)): finished = .bytes(bytes)
    case (0xa3, .expression(let nested)), (0xf3, .expression(let nested)):
      stack.append(try context.entryValue(nested))
    case (0xa0, .entry(let entry)), (0xf2, .entry(let entry)):
      finished = .implicitPointer(entry: entry, byteOffset: Int64(bitPattern: operation.operand2))
    case (0x98, .entry(let entry)), (0x99, .entry(let entry)), (0x9a, .entry(let entry)):
      guard callDepth < 8 else { throw NoValue(.notExpressible("DW_OP_call nested too deeply")) }
      callDepth += 1
      try run(try context.expression(ofEntry: entry))
      callDepth -= 1
    case (0xa1, .address(let address)), (0xfb, .address(let address)): stack.append(.image(address))
    case (_, .typedConstant), (_, .baseType): try typed(operation)
    case (0xe0, _), (0x9b, _): throw NoValue(.notExpressible("thread-local storage"))
    case (0xf0, _): throw NoValue(.optimisedOut)  // DW_OP_GNU_uninit
    default: throw NoValue(.notExpressible(OperationName.of(operation.code)))
    }
  }

  private func constant(_ value: UInt64) -> SymbolicValue {
    .constant(extend(value, width: wordBits, isSigned: false))
  }

  /// `DW_OP_dup`, `drop`, `over`, `pick`, `swap`, `rot`
  private mutating func shuffle(_ operation: DwarfOperation) throws(NoValue) {
    func need(_ count: Int) throws(NoValue) {
      guard stack.count >= count else { throw NoValue(.notExpressible("a damaged expression (empty stack)")) }
    }
    switch operation.code {
    case 0x12, 0x14, 0x15:
      let depth = operation.code == 0x12 ? 0 : operation.code == 0x14 ? 1 : Int(clamping: operation.operand1)
      guard depth < 1024 else { throw NoValue(.notExpressible("a damaged expression (pick)")) }
      try need(depth + 1)
      stack.append(stack[stack.count - 1 - depth])
    case 0x13: _ = try pop()
    case 0x16:
      try need(2)
      stack.swapAt(stack.count - 1, stack.count - 2)
    default:
      try need(3)
      stack.insert(stack.removeLast(), at: stack.count - 2)
    }
  }

  private mutating func dereference(_ operation: DwarfOperation) throws(NoValue) {
    let count = operation.code == 0x06 ? context.addressByteCount : Int(clamping: operation.operand1)
    guard (1...8).contains(count) else { throw NoValue(.notExpressible("a damaged expression (size)")) }
    stack.append(.load(try pop(), byteCount: count))
  }

  /// `DW_OP_abs`, `neg`, `not`, `plus_uconst`
  private mutating func unary(_ operation: DwarfOperation) throws(NoValue) {
    let value = try pop()
    if operation.code == 0x23 {
      stack.append(value.adding(Int64(bitPattern: operation.operand1)))
      return
    }
    guard case .constant(let number) = value else {
      if case .opaque = value { stack.append(value) } else { stack.append(.opaque("a computed value")) }
      return
    }
    let signed = Int64(bitPattern: extend(number, width: wordBits, isSigned: true))
    switch operation.code {
    case 0x19: stack.append(constant(signed.magnitude))
    case 0x1f: stack.append(constant(0 &- number))
    default: stack.append(constant(~number))
    }
  }

  private mutating func binary(_ code: UInt8) throws(NoValue) {
    let right = try pop()
    let left = try pop()
    stack.append(.binary(code, left, right, wordBits: wordBits))
  }

  private mutating func piece(bitCount: UInt64, bitOffset: UInt64) throws(NoValue) {
    guard let count = Int(exactly: bitCount), let offset = Int(exactly: bitOffset), count > 0, count < 1 << 30
    else {
      throw NoValue(.notExpressible("a damaged expression (piece)"))
    }
    let location = finished ?? stack.popLast().map { .memory($0) }
    pieces.append(.init(bitCount: count, bitOffset: offset, location: location))
    finished = nil
  }

  /// The typed operations (DWARF 5 section 2.5.1.6): integers are followed, floating point is not.
  private mutating func typed(_ operation: DwarfOperation) throws(NoValue) {
    if case .typedConstant(let bytes, _, let encoding) = operation.payload {
      guard isInteger(encoding), bytes.count <= 8 else {
        throw NoValue(.notExpressible("a floating-point value"))
      }
      let number = number(bytes)
      stack.append(.constant(extend(number, width: bytes.count * 8, isSigned: isSigned(encoding))))
      return
    }
    guard case .baseType(let byteCount, let encoding) = operation.payload else { return }
    let isGeneric = byteCount == 0
    guard isGeneric || isInteger(encoding) && byteCount <= 8 else {
      throw NoValue(.notExpressible("a floating-point value"))
    }
    let width = isGeneric ? wordBits : byteCount * 8
    let signed = !isGeneric && isSigned(encoding)
    switch operation.code {
    case 0xa5, 0xf5:  // DW_OP_regval_type
      stack.append(
        SymbolicValue.register(operation.operand1).sliced(width: width, isSigned: signed, wordBits: wordBits))
    case 0xa6, 0xf6:  // DW_OP_deref_type
      let loaded = SymbolicValue.load(try pop(), byteCount: Int(clamping: operation.operand1))
      stack.append(signed ? loaded.sliced(width: width, isSigned: true, wordBits: wordBits) : loaded)
    case 0xa8, 0xf7:  // DW_OP_convert
      stack.append(try pop().sliced(width: width, isSigned: signed, wordBits: max(wordBits, width)))
    case 0xa9, 0xf9: break  // DW_OP_reinterpret: same bits
    default: throw NoValue(.notExpressible(OperationName.of(operation.code)))
    }
  }

  private func number(_ bytes: [UInt8]) -> UInt64 {
    let ordered = context.isBigEndian ? bytes : bytes.reversed()
    return ordered.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// `DW_ATE_address`, `boolean`, `signed`, `signed_char`, `unsigned`, `unsigned_char`, `UTF`
  private func isInteger(_ encoding: UInt64) -> Bool { [1, 2, 5, 6, 7, 8, 0x10].contains(encoding) }
  private func isSigned(_ encoding: UInt64) -> Bool { encoding == 5 || encoding == 6 }
}
