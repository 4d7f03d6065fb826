import Elfutils
import MarkerScan

/// Evaluates a captured C expression at one site: names by scope, members by DWARF types.
struct CaptureEvaluator {
  let context: SiteContext
  let unit: Die
  let types: TypeFinder
  let globals: GlobalFinder
  let symbols: SymbolMap
  /// Finds the entry that a name means at the marker, in this instance.
  let lookUp: (String) throws(NoValue) -> Die

  private var wordBytes: Int { context.addressByteCount }
  private var layout: ByteLayout { ByteLayout(wordBytes: wordBytes, isBigEndian: context.isBigEndian) }

  func evaluate(_ expression: Expression) throws(NoValue) -> TypedObject {
    switch expression {
    case .variable(let name): return try variable(name)
    case .integer(let number):
      let type = CType(kind: .integer(byteCount: 8, isSigned: true, isBoolean: false), die: nil)
      return TypedObject(type: type, location: .value(.constant(UInt64(bitPattern: number))))
    case .member(let base, let name): return try member(name, of: try evaluate(base))
    case .arrow(let base, let name):
      return try member(name, of: try pointee(try evaluate(base), operation: "->\(name)"))
    case .element(let base, let index): return try element(index, of: try evaluate(base))
    case .dereference(let operand): return try pointee(try evaluate(operand), operation: "*")
    case .addressOf(let operand): return try address(of: try evaluate(operand))
    case .cast(let type, let operand): return try cast(try evaluate(operand), to: type)
    case .containerOf(let pointer, let type, let member):
      return try container(of: try evaluate(pointer), type: type, member: member)
    }
  }

  private func variable(_ name: String) throws(NoValue) -> TypedObject {
    let die: Die
    do throws(NoValue) {
      die = try lookUp(name)
    } catch {
      guard case .unknownVariable = error.absence, let value = globals.enumerator(named: name, in: unit)
      else {
        throw error
      }
      return try evaluate(.integer(value))
    }
    return TypedObject(
      type: CType.of(die), location: try location(of: die, name: name), track: context.track(of: die))
  }

  /// Whether a variable has one place in memory for its whole life.
  func isFixed(_ name: String) -> Bool {
    guard let object = try? variable(name), case .memory = object.location else { return false }
    return !object.isTracked
  }

  /// Whether a variable lies in the image: other functions can change it.
  func isGlobal(_ name: String) -> Bool {
    guard let object = try? variable(name), case .memory(.term(let term)) = object.location else {
      return false
    }
    return term.base == .image
  }

  /// A variable that the unit only declares has its place from the symbol table: what the linker bound it to.
  private func location(of die: Die, name: String) throws(NoValue) -> ValueLocation {
    guard die.flag(.declaration), !die.has(.location), !die.has(.constValue) else {
      return try context.location(of: die)
    }
    guard let address = symbols.globalAddress(of: name) else {
      throw NoValue(.notExpressible("'\(name)' is declared here and defined outside of the image"))
    }
    return .memory(.image(address))
  }

  private func member(_ name: String, of object: TypedObject) throws(NoValue) -> TypedObject {
    let type = types.completed(object.type)
    switch type.kind {
    case .structure, .union: break
    case .pointer:
      throw NoValue(.typeMismatch("'\(object.type.name)' is a pointer: use -> for '\(name)'"))
    case .integer, .floating, .enumeration, .array, .function, .void:
      throw NoValue(.typeMismatch("'\(object.type.name)' has no member '\(name)'"))
    }
    guard let die = type.die, !die.flag(.declaration) else {
      throw NoValue(.typeMismatch("'\(type.name)' is not defined in the image"))
    }
    guard let place = MemberPlace.find(name, in: die, isBigEndian: context.isBigEndian) else {
      let near = nearNames(name, among: MemberPlace.names(in: die))
      throw NoValue(.unknownMember(name, type: type.name, near: near))
    }
    return try object.member(place, in: layout)
  }

  /// What a pointer, or an array that decays to one, points at.
  private func pointee(_ object: TypedObject, operation: String) throws(NoValue) -> TypedObject {
    guard let target = object.type.target else {
      throw NoValue(.typeMismatch("'\(operation)' needs a pointer, not '\(object.type.name)'"))
    }
    if case .implicitPointer(let entry, let byteOffset) = object.location {
      return try implicitPointee(entry, byteOffset, target)
    }
    return TypedObject(type: target, location: .memory(try pointerValue(object)), followsPointer: true)
  }

  private func implicitPointee(_ entry: UInt64, _ byteOffset: Int64, _ target: CType) throws(NoValue)
    -> TypedObject
  {
    guard let die = context.container.entry(at: entry) else { throw NoValue(.optimisedOut) }
    let whole = try context.location(of: die)
    guard byteOffset != 0 else { return TypedObject(type: target, location: whole) }
    let byteCount = types.completed(target).byteCount(addressByteCount: wordBytes) ?? wordBytes
    let part = try TypedObject.part(
      whole, of: nil, byteOffset: byteOffset, byteCount: byteCount, in: layout)
    return TypedObject(type: target, location: part)
  }

  private func element(_ index: Int64, of object: TypedObject) throws(NoValue) -> TypedObject {
    guard let target = object.type.target else {
      throw NoValue(.typeMismatch("'[\(index)]' needs an array or a pointer, not '\(object.type.name)'"))
    }
    guard object.type.dimensionCounts.count <= 1 else {
      throw NoValue(.notExpressible("an element of an array of several dimensions"))
    }
    guard let size = types.completed(target).byteCount(addressByteCount: wordBytes) else {
      throw NoValue(.typeMismatch("the size of '\(target.name)' is not known"))
    }
    let (offset, overflow) = index.multipliedReportingOverflow(by: Int64(size))
    guard !overflow else { throw NoValue(.typeMismatch("the index \(index) is out of range")) }
    if case .array = object.type.kind {
      let part = try TypedObject.part(
        object.location, of: object.type.byteCount(addressByteCount: wordBytes), byteOffset: offset,
        byteCount: size, in: layout)
      return TypedObject(
        type: target, location: part, followsPointer: object.followsPointer, track: object.track)
    }
    return TypedObject(
      type: target, location: .memory(try pointerValue(object).adding(offset)), followsPointer: true)
  }

  private func address(of object: TypedObject) throws(NoValue) -> TypedObject {
    guard object.bits == nil else { throw NoValue(.typeMismatch("a bit field has no address")) }
    guard case .memory(let address) = object.location else {
      throw NoValue(.notExpressible("the address of an object that is not in memory"))
    }
    return TypedObject(type: PointerType.to(object.type), location: .value(address))
  }

  private func cast(_ object: TypedObject, to name: TypeName) throws(NoValue) -> TypedObject {
    if name.pointerDepth > 0 {
      guard let target = types.pointee(of: name, in: unit) else {
        throw NoValue(.typeMismatch("no type '\(name.name)' in the image"))
      }
      return TypedObject(
        type: PointerType.to(target), location: .value(try pointerValue(object)),
        followsPointer: object.followsPointer)
    }
    guard let type = types.type(named: name, in: unit) else {
      throw NoValue(.typeMismatch("no type '\(name.name)' in the image"))
    }
    guard case .integer(let byteCount, let isSigned, _) = type.kind else {
      throw NoValue(.typeMismatch("a cast to '\(type.name)' has no value"))
    }
    return try convert(object, to: type, byteCount: byteCount, isSigned: isSigned)
  }

  /// A narrowing cast takes the low bits; a widening one would have to extend, which the source type's width does.
  private func convert(
    _ object: TypedObject, to type: CType, byteCount: Int, isSigned: Bool
  ) throws(NoValue) -> TypedObject {
    let source = object.type.byteCount(addressByteCount: wordBytes) ?? wordBytes
    guard object.bits == nil, byteCount <= source else {
      throw NoValue(.notExpressible("a cast that widens its operand"))
    }
    let location = try TypedObject.lowBytes(byteCount, of: source, object.location, in: layout)
    return TypedObject(type: type, location: location, followsPointer: object.followsPointer)
  }

  private func container(of object: TypedObject, type name: TypeName, member: String) throws(NoValue)
    -> TypedObject
  {
    guard name.pointerDepth == 0, let type = types.type(named: name, in: unit) else {
      throw NoValue(.typeMismatch("no type '\(name.name)' in the image"))
    }
    var offset: Int64 = 0
    var current = types.completed(type)
    for part in member.split(separator: ".") {
      guard let die = current.die,
        let place = MemberPlace.find(String(part), in: die, isBigEndian: context.isBigEndian),
        place.bits == nil
      else {
        let near = current.die.map { nearNames(String(part), among: MemberPlace.names(in: $0)) } ?? []
        throw NoValue(.unknownMember(String(part), type: current.name, near: near))
      }
      offset += place.byteOffset
      current = types.completed(place.type)
    }
    return TypedObject(
      type: PointerType.to(type), location: .value(try pointerValue(object).adding(-offset)),
      followsPointer: object.followsPointer)
  }

  /// The value of a pointer (or integer, or decayed array) as something to read memory at.
  private func pointerValue(_ object: TypedObject) throws(NoValue) -> SymbolicValue {
    if object.bits != nil { throw NoValue(.typeMismatch("a bit field is no pointer")) }
    switch object.location {
    case .memory(let address):
      if case .array = object.type.kind { return address }
      let size = object.type.byteCount(addressByteCount: wordBytes) ?? wordBytes
      guard size == wordBytes else {
        throw NoValue(.typeMismatch("'\(object.type.name)' is not as wide as a pointer"))
      }
      return .load(address, byteCount: wordBytes)
    case .value(let value): return value
    case .bytes(let bytes):
      guard bytes.count <= 8 else { throw NoValue(.typeMismatch("a constant that is no pointer")) }
      let ordered = context.isBigEndian ? bytes : bytes.reversed()
      return .constant(ordered.reduce(0) { $0 << 8 | UInt64($1) })
    case .implicitPointer: throw NoValue(.notExpressible("a pointer to an object that was optimised out"))
    case .pieces: throw NoValue(.notExpressible("a pointer in several pieces"))
    }
  }
}

/// Names that differ from a misspelt one by little: for "did you mean".
func nearNames(_ name: String, among names: [String]) -> [String] {
  let limit = max(1, name.count / 3)
  let near = Set(names).map { ($0, editDistance(name, $0, limit: limit)) }.filter { $0.1 <= limit }
  return near.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(3).map(\.0)
}

/// The Levenshtein distance; a value above the limit means "far".
private func editDistance(_ a: String, _ b: String, limit: Int) -> Int {
  let left = Array(a.utf8)
  let right = Array(b.utf8)
  guard abs(left.count - right.count) <= limit else { return limit + 1 }
  var row = Array(0...right.count)
  for (i, x) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in right.enumerated() {
      let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
      diagonal = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[right.count]
}
