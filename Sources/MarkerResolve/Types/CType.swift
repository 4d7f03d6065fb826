import Elfutils

/// A C type with typedefs and qualifiers resolved.
struct CType {
  enum Kind {
    case integer(byteCount: Int, isSigned: Bool, isBoolean: Bool)
    case floating(byteCount: Int)
    case enumeration(byteCount: Int, isSigned: Bool)
    /// The target is the entry's `DW_AT_type`, or the type given here when the image has no entry for the pointer.
    case pointer(to: Indirect?)
    case structure
    case union
    case array
    case function
    case void
  }

  let kind: Kind
  /// The entry that defines the type; nil for void.
  let die: Die?

  /// The type that a `DW_AT_type` leads to; absence of the attribute is void.
  static func of(_ holder: Die) -> CType {
    guard let owner = holder.holder(of: .type), let type = owner.reference(.type) else {
      return CType(kind: .void, die: nil)
    }
    return CType(resolving: type)
  }

  init(kind: Kind, die: Die?) {
    self.kind = kind
    self.die = die
  }

  init(resolving die: Die) {
    var current = die
    for _ in 0..<64 {
      switch current.tag {
      case .typedef, .constType, .volatileType, .restrictType, .atomicType:
        guard let next = current.reference(.type) else {
          self.init(kind: .void, die: nil)
          return
        }
        current = next
      default:
        self.init(kind: Self.kind(of: current), die: current)
        return
      }
    }
    self.init(kind: .void, die: nil)
  }

  private static func kind(of die: Die) -> Kind {
    switch die.tag {
    case .baseType: return baseKind(die)
    case .enumerationType: return enumerationKind(die)
    case .pointerType: return .pointer(to: nil)
    case .structureType, DwarfTag(rawValue: 0x02): return .structure
    case .unionType: return .union
    case .arrayType: return .array
    case .subroutineType, .subprogram: return .function
    default: return .void
    }
  }

  /// `DW_ATE_…` of a base type (DWARF 5 section 5.1).
  private static func baseKind(_ die: Die) -> Kind {
    let byteCount = Int(clamping: die.unsigned(.byteSize) ?? 0)
    switch die.unsigned(.encoding) ?? 0 {
    case 2: return .integer(byteCount: byteCount, isSigned: false, isBoolean: true)
    case 5, 6, 0xd: return .integer(byteCount: byteCount, isSigned: true, isBoolean: false)
    case 3, 4, 9: return .floating(byteCount: byteCount)
    default: return .integer(byteCount: byteCount, isSigned: false, isBoolean: false)
    }
  }

  /// C leaves the sign to the compiler: from `DW_AT_type`, else from the enumerators.
  private static func enumerationKind(_ die: Die) -> Kind {
    let byteCount = Int(clamping: die.unsigned(.byteSize) ?? 4)
    if die.has(.type), case .integer(_, let isSigned, _) = CType.of(die).kind {
      return .enumeration(byteCount: byteCount, isSigned: isSigned)
    }
    let isNegative = die.children.contains { $0.tag == .enumerator && ($0.signed(.constValue) ?? 0) < 0 }
    return .enumeration(byteCount: byteCount, isSigned: isNegative)
  }

  private var isArray: Bool { if case .array = kind { true } else { false } }
  var isPointer: Bool { if case .pointer = kind { true } else { false } }

  /// What a pointer points at or an array holds; nil for any other type.
  var target: CType? {
    switch kind {
    case .pointer(let target): target?.type ?? die.map { CType.of($0) } ?? CType(kind: .void, die: nil)
    case .array: die.map { CType.of($0) }
    case .integer, .floating, .enumeration, .structure, .union, .function, .void: nil
    }
  }

  /// The size of an object in bytes; nil when the type is incomplete.
  func byteCount(addressByteCount: Int) -> Int? { byteCount(addressByteCount: addressByteCount, depth: 0) }

  private func byteCount(addressByteCount: Int, depth: Int) -> Int? {
    switch kind {
    case .integer(let count, _, _), .floating(let count), .enumeration(let count, _): return count
    case .pointer: return die?.unsigned(.byteSize).map { Int(clamping: $0) } ?? addressByteCount
    case .structure, .union: return die?.unsigned(.byteSize).flatMap { Int(exactly: $0) }
    case .array:
      guard depth < 32,
        let element = target?.byteCount(addressByteCount: addressByteCount, depth: depth + 1),
        let count = elementCount
      else {
        return nil
      }
      let (product, overflow) = element.multipliedReportingOverflow(by: count)
      return overflow ? nil : product
    case .function, .void: return nil
    }
  }

  /// The number of elements of an array over all its dimensions; nil when unknown (flexible or variable).
  var elementCount: Int? {
    guard case .array = kind, let die else { return nil }
    var product = 1
    for child in die.children where child.tag == .subrangeType {
      guard let count = Self.count(of: child) else { return nil }
      let (result, overflow) = product.multipliedReportingOverflow(by: count)
      if overflow { return nil }
      product = result
    }
    return product
  }

  /// `DW_AT_count`, else `DW_AT_upper_bound` + 1 (C arrays start at 0).
  private static func count(of subrange: Die) -> Int? {
    if let count = subrange.unsigned(.count) { return Int(exactly: count) }
    guard let bound = subrange.signed(.upperBound), bound >= -1, bound < Int64(Int32.max) else { return nil }
    return Int(bound) + 1
  }

  /// The number of dimensions of an array.
  var dimensionCounts: [Int?] {
    guard case .array = kind, let die else { return [] }
    return die.children.filter { $0.tag == .subrangeType }.map { Self.count(of: $0) }
  }

  /// The type's name as C writes it, for messages.
  var name: String { name(depth: 0) }

  private func name(depth: Int) -> String {
    guard depth < 32 else { return "…" }
    let inner = isPointer || isArray ? target?.name(depth: depth + 1) ?? "void" : ""
    let text = die?.name ?? "<anonymous>"
    switch kind {
    case .structure: return "struct " + text
    case .union: return "union " + text
    case .enumeration: return "enum " + text
    case .pointer: return inner + " *"
    case .array: return inner + " []"
    case .function: return "function"
    case .void: return "void"
    case .integer, .floating: return text
    }
  }
}

/// A pointer that the image may have no entry for: the result of `&`, a cast, `container_of`.
enum PointerType {
  static func to(_ target: CType) -> CType { CType(kind: .pointer(to: Indirect(target)), die: nil) }
}

/// A type behind a reference, so that a type can hold another.
final class Indirect {
  let type: CType

  init(_ type: CType) { self.type = type }
}
