/// The reserved words that the readers of this project tell apart (C11 6.4.1 and the GNU spellings).
public enum Keyword: String, Sendable, CaseIterable {
  case `if`, `else`, `for`, `while`, `do`, `switch`, `case`, `default`, `return`, `break`, `continue`, `goto`
  case `struct`, union, `enum`, typedef, extern, `static`, auto, register
  case const, volatile, restrict, inline
  case void, char, short, int, long, float, double, signed, unsigned
  case bool = "_Bool"
  case complex = "_Complex"
  case sizeof
  case alignof = "_Alignof"
  case alignas = "_Alignas"
  case atomic = "_Atomic"
  case generic = "_Generic"
  case staticAssert = "_Static_assert"
  case threadLocal = "_Thread_local"
  case noreturn = "_Noreturn"
  case typeof
  case asm
  case attribute = "__attribute__"
  case autoType = "__auto_type"
  case `extension` = "__extension__"
  case label = "__label__"

  /// Whether the word can begin the specifiers of a declaration, so that what follows is no expression.
  public var beginsDeclaration: Bool {
    switch self {
    case .struct, .union, .enum, .typedef, .extern, .static, .auto, .register, .const, .volatile, .restrict,
      .inline, .void, .char, .short, .int, .long, .float, .double, .signed, .unsigned, .bool, .complex,
      .alignas, .atomic, .staticAssert, .threadLocal, .noreturn, .typeof, .attribute, .autoType, .label:
      true
    case .if, .else, .for, .while, .do, .switch, .case, .default, .return, .break, .continue, .goto, .sizeof,
      .alignof, .generic, .asm, .extension:
      false
    }
  }

  /// Whether the word can begin a statement only, so that an expression before it has ended.
  public var beginsStatement: Bool {
    switch self {
    case .if, .else, .for, .while, .do, .switch, .case, .default, .return, .break, .continue, .goto:
      true
    case .struct, .union, .enum, .typedef, .extern, .static, .auto, .register, .const, .volatile, .restrict,
      .inline, .void, .char, .short, .int, .long, .float, .double, .signed, .unsigned, .bool, .complex,
      .sizeof, .alignof, .alignas, .atomic, .generic, .staticAssert, .threadLocal, .noreturn, .typeof, .asm,
      .attribute, .autoType, .extension, .label:
      false
    }
  }

  /// Other spellings of the same word that GNU C and the kernel use.
  private static let synonyms: [(String, Keyword)] = [
    ("__attribute", .attribute), ("__asm__", .asm), ("__asm", .asm), ("__inline", .inline),
    ("__inline__", .inline), ("__const", .const), ("__const__", .const), ("__volatile__", .volatile),
    ("__volatile", .volatile), ("__restrict", .restrict), ("__restrict__", .restrict),
    ("__typeof", .typeof), ("__typeof__", .typeof), ("typeof_unqual", .typeof), ("__signed__", .signed),
    ("__alignof__", .alignof), ("__thread", .threadLocal), ("static_assert", .staticAssert), ("bool", .bool),
  ]

  /// All spellings by their length in bytes, so that one lookup compares only a few.
  private static let byLength: [[(spelling: [UInt8], keyword: Keyword)]] = {
    var table = Array(repeating: [(spelling: [UInt8], keyword: Keyword)](), count: longest + 1)
    for (spelling, keyword) in allCases.map({ ($0.rawValue, $0) }) + synonyms {
      table[spelling.utf8.count].append((Array(spelling.utf8), keyword))
    }
    return table
  }()
  private static let longest = 14

  /// The keyword that the word spells; nil for an identifier.
  static func spelled(_ word: ArraySlice<UInt8>) -> Keyword? {
    guard word.count <= longest, word.count >= 2 else { return nil }
    for entry in byLength[word.count] where entry.spelling[0] == word[word.startIndex] {
      if word.elementsEqual(entry.spelling) { return entry.keyword }
    }
    return nil
  }
}
