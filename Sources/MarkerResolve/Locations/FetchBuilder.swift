import Elfutils
import MarkerScan

/// Turns an object into a fetch argument: the expression and the type that reads its value and no more.
struct FetchBuilder {
  /// Arrays longer than this are refused by the kernel (trace_probe.h `MAX_ARRAY_LEN`).
  static let longestArray = 64

  let writer: FetchWriter
  let types: TypeFinder
  private var wordBytes: Int { writer.addressByteCount }
  private var wordBits: Int { wordBytes * 8 }

  func argument(_ object: TypedObject, format: CaptureFormat?) throws(NoValue) -> FetchArgument {
    switch format?.base {
    case .string: return try string(object, type: "string", count: format?.count)
    case .ustring: return try string(object, type: "ustring", count: format?.count)
    case .symbol:
      var argument = try scalar(object, style: "x", bits: wordBits)
      argument = FetchArgument(expression: argument.expression, type: "symbol")
      return argument
    case .integer, .style, nil: break
    }
    if let count = format?.count { return try array(object, format: format, count: count) }
    if case .array = object.type.kind { return try wholeArray(object, format: format) }
    return try plain(object, format: format)
  }

  /// Whether the argument reads what the object, a pointer, points at: text or elements.
  func followsPointer(_ object: TypedObject, format: CaptureFormat?) -> Bool {
    guard object.type.isPointer else { return false }
    switch format?.base {
    case .string, .ustring: return true
    case .integer, .style, .symbol, nil: return format?.count != nil
    }
  }

  // MARK: scalars

  private func plain(_ object: TypedObject, format: CaptureFormat?) throws(NoValue) -> FetchArgument {
    let (style, bits) = try presentation(of: object.type)
    switch format?.base {
    case .integer(let wanted, bits: let wantedBits):
      guard wantedBits <= (object.bits?.width ?? bits) else {
        throw NoValue(
          .typeMismatch("'\(object.type.name)' has \(object.bits?.width ?? bits) bits, not \(wantedBits)"))
      }
      var narrow = object
      if object.bits == nil {
        let layout = ByteLayout(wordBytes: wordBytes, isBigEndian: writer.isBigEndian)
        narrow.location = try TypedObject.lowBytes(wantedBits / 8, of: bits / 8, object.location, in: layout)
      }
      return try scalar(narrow, style: wanted.rawValue, bits: wantedBits)
    case .style(let wanted): return try scalar(object, style: wanted.rawValue, bits: bits)
    case .string, .ustring, .symbol, nil: return try scalar(object, style: style, bits: bits)
    }
  }

  /// The style letter and width that a type is shown in by itself.
  private func presentation(of type: CType) throws(NoValue) -> (style: String, bits: Int) {
    switch type.kind {
    case .integer(let byteCount, let isSigned, _), .enumeration(let byteCount, let isSigned):
      guard [1, 2, 4, 8].contains(byteCount) else {
        throw NoValue(.notExpressible("an integer of \(byteCount) bytes"))
      }
      return (isSigned ? "s" : "u", byteCount * 8)
    case .pointer:
      let byteCount = type.byteCount(addressByteCount: wordBytes) ?? wordBytes
      guard [4, 8].contains(byteCount) else {
        throw NoValue(.notExpressible("a pointer of \(byteCount) bytes"))
      }
      return ("x", byteCount * 8)
    case .floating: throw NoValue(.notExpressible("a floating-point value"))
    case .structure, .union: throw NoValue(.typeMismatch("'\(type.name)' is no scalar: name a member"))
    case .array: throw NoValue(.typeMismatch("an array is no scalar: name an element"))
    case .function: throw NoValue(.typeMismatch("a function has no value"))
    case .void: throw NoValue(.typeMismatch("void has no value"))
    }
  }

  private func scalar(_ object: TypedObject, style: String, bits: Int) throws(NoValue) -> FetchArgument {
    switch object.location {
    case .memory(let address):
      try checkPointers(address)
      let expression = try writer.memory(at: address)
      guard let field = object.bits else {
        return FetchArgument(expression: expression, type: style + "\(bits)")
      }
      return FetchArgument(expression: expression, type: try fieldType(field, style: style))
    case .value(let value):
      return try register(value, field: object.bits, style: style, bits: bits)
    case .bytes(let bytes):
      return try register(constant(bytes), field: object.bits, style: style, bits: bits)
    case .implicitPointer: throw NoValue(.notExpressible("a pointer to an object that was optimised out"))
    case .pieces: throw NoValue(.notExpressible("a value in several pieces"))
    }
  }

  private func constant(_ bytes: [UInt8]) -> SymbolicValue {
    let isBig = writer.isBigEndian
    let ordered = (isBig ? Array(bytes.suffix(8)) : bytes.prefix(8).reversed())
    return .constant(ordered.reduce(0) { $0 << 8 | UInt64($1) })
  }

  private func fieldType(_ field: MemberPlace.Bits, style: String) throws(NoValue) -> String {
    if field.offset == 0, field.width == field.byteCount * 8 { return style + "\(field.width)" }
    guard style != "s" else {
      throw NoValue(.notExpressible("a signed bit field: tracefs extends with zeros; ask for :u or :x"))
    }
    return "b\(field.width)@\(field.offset)/\(field.byteCount * 8)"
  }

  private func register(
    _ value: SymbolicValue, field: MemberPlace.Bits?, style: String, bits: Int
  ) throws(NoValue) -> FetchArgument {
    if let field {
      let shifted = SymbolicValue.binary(0x25, value, .constant(UInt64(field.offset)), wordBits: wordBits)
      let part = (field.offset == 0 ? value : shifted).sliced(
        width: field.width, isSigned: style == "s", wordBits: wordBits)
      return try whole(part, style: style, bits: field.width)
    }
    return try whole(value, style: style, bits: bits)
  }

  /// A value's low `bits` bits, taking its slice and the width it was loaded with into account.
  private func whole(_ value: SymbolicValue, style: String, bits: Int) throws(NoValue) -> FetchArgument {
    if case .constant(let number) = value {
      let width = [8, 16, 32, 64].first { $0 >= bits } ?? 64
      let shown = extend(number, width: bits, isSigned: style == "s")
      return FetchArgument(expression: try writer.value(.constant(shown)), type: style + "\(width)")
    }
    guard case .term(var term) = value else {
      return FetchArgument(expression: try writer.value(value), type: "")
    }
    try checkPointers(value)
    var slice = term.slice ?? BitSlice(offset: 0, width: wordBits, isSigned: false)
    var container = wordBits
    if case .load(let address, let byteCount) = term.base {
      slice.width = min(slice.width, byteCount * 8 - slice.offset)
      container = [1, 2, 4, 8].contains(byteCount) ? byteCount * 8 : container
      let width = min(bits, slice.width)
      if writer.isBigEndian, slice.offset == 0, [8, 16, 32, 64].contains(width) {
        term.base = .load(address.adding(Int64(byteCount - width / 8)), byteCount: width / 8)
      }
    }
    guard slice.leftShift == 0, slice.width > 0 else { throw NoValue(.notExpressible("a computed value")) }
    term.slice = nil
    let expression = try writer.value(.term(term))
    let type = try type(of: slice, in: container, style: style, bits: bits)
    return FetchArgument(expression: expression, type: type)
  }

  /// The type that shows a slice of the `container` bits that are read.
  private func type(of slice: BitSlice, in container: Int, style: String, bits: Int) throws(NoValue) -> String
  {
    let width = min(bits, slice.width)
    let isExtended = slice.width < bits
    let sign = isExtended ? (slice.isSigned ? "s" : style == "x" ? "x" : "u") : style
    if slice.offset == 0, [8, 16, 32, 64].contains(width) { return sign + "\(width)" }
    guard sign != "s" else { throw NoValue(.notExpressible("a signed part of a register")) }
    return "b\(width)@\(slice.offset)/\(container)"
  }

  /// A pointer that is loaded on the way must be as wide as the machine loads.
  private func checkPointers(_ value: SymbolicValue) throws(NoValue) {
    guard case .term(let term) = value, case .load(let address, _) = term.base else { return }
    var current = address
    while case .term(let inner) = current, case .load(let next, let byteCount) = inner.base {
      guard byteCount == wordBytes else {
        throw NoValue(.notExpressible("a pointer narrower than a register"))
      }
      current = next
    }
  }

  // MARK: memory behind pointers

  /// Where the bytes of a string or array begin: an array's own place, or what a pointer points at.
  private func start(of object: TypedObject) throws(NoValue) -> SymbolicValue {
    switch (object.type.kind, object.location) {
    case (.array, .memory(let address)): return address
    case (.array, _): throw NoValue(.notExpressible("an array that is not in memory"))
    case (.pointer, .memory(let address)): return .load(address, byteCount: wordBytes)
    case (.pointer, .value(let value)): return value
    case (.pointer, .implicitPointer):
      throw NoValue(.notExpressible("a pointer to an object that was optimised out"))
    case (.pointer, _): throw NoValue(.notExpressible("a pointer that is not in one place"))
    default: throw NoValue(.typeMismatch("'\(object.type.name)' is neither an array nor a pointer"))
    }
  }

  private func string(_ object: TypedObject, type: String, count: Int?) throws(NoValue) -> FetchArgument {
    guard count == nil else { throw NoValue(.notExpressible("an array of strings")) }
    return FetchArgument(expression: try writer.memory(at: try start(of: object)), type: type)
  }

  private func array(_ object: TypedObject, format: CaptureFormat?, count: Int) throws(NoValue)
    -> FetchArgument
  {
    guard let element = object.type.target else {
      throw NoValue(.typeMismatch("'\(object.type.name)' is neither an array nor a pointer"))
    }
    guard count >= 1, count <= Self.longestArray else {
      throw NoValue(.notExpressible("\(count) elements: the kernel takes 1 to \(Self.longestArray)"))
    }
    if let have = object.type.elementCount, count > have {
      throw NoValue(.typeMismatch("'\(object.type.name)' has \(have) elements, not \(count)"))
    }
    let (style, bits) = try presentation(of: types.completed(element))
    let text: String
    switch format?.base {
    case .integer(let wanted, bits: let wantedBits): text = wanted.rawValue + "\(wantedBits)"
    case .style(let wanted): text = wanted.rawValue + "\(bits)"
    case .string, .ustring, .symbol, nil: text = style + "\(bits)"
    }
    return FetchArgument(expression: try writer.memory(at: try start(of: object)), type: "\(text)[\(count)]")
  }

  /// An array with no count given: text for characters, else all its elements where the kernel takes so many.
  private func wholeArray(_ object: TypedObject, format: CaptureFormat?) throws(NoValue) -> FetchArgument {
    if format == nil, let element = object.type.target, isCharacter(element) {
      return try string(object, type: "string", count: nil)
    }
    guard let count = object.type.elementCount else {
      throw NoValue(.notExpressible("an array of unknown length: give a count"))
    }
    guard count <= Self.longestArray else {
      throw NoValue(.notExpressible("\(count) elements: give a count of at most \(Self.longestArray)"))
    }
    return try array(object, format: format, count: count)
  }

  private func isCharacter(_ type: CType) -> Bool {
    guard case .integer(1, _, false) = type.kind else { return false }
    return type.die?.name == "char"
  }
}
