import CSource

extension ExpressionParser {
  /// Takes `(type)` when the parenthesis at the current place opens a cast; nil, taking nothing, when it does not.
  mutating func takeCast() throws(CaptureProblem) -> TypeName? {
    let start = index
    index += 1
    guard looksLikeType() else {
      index = start
      return nil
    }
    let isCertain = current.map { !$0.isIdentifier || Self.qualifiers.contains(text.text(of: $0)) } ?? true
    do throws(CaptureProblem) {
      let type = try takeTypeName()
      try expect(.rightParenthesis)
      if isCertain || castOperandFollows(type) { return type }
    } catch {
      // Words that only looked like a type are read again as an expression, which words the error.
      if isCertain { throw error }
    }
    index = start
    return nil
  }

  /// Takes a type name: qualifiers, a tag or words, and stars.
  mutating func takeTypeName() throws(CaptureProblem) -> TypeName {
    let start = offset
    var tag: TypeName.Tag?
    var words: [String] = []
    while let token = current, let word = typeWord(token, isFirst: words.isEmpty) {
      index += 1
      if let keyword = TypeName.Tag(rawValue: word) {
        tag = keyword
      } else {
        words += word.isEmpty ? [] : [word]
      }
      if tag != nil && words.count == 1 { break }
    }
    if let token = current, words.isEmpty, token.is(.typeof) {
      throw .unsupported("'typeof' needs the compiler", at: token.offset)
    }
    guard !words.isEmpty else { throw .malformed("a type's name is missing", at: start) }
    var pointerDepth = 0
    while let token = current {
      if token.is(.star) { pointerDepth += 1 } else if !isQualifier(token) { break }
      index += 1
    }
    if let token = current, token.is(.leftParenthesis) || token.is(.leftBracket) {
      throw .unsupported("types of functions and arrays cannot be cast to", at: token.offset)
    }
    return TypeName(tag: tag, name: words.joined(separator: " "), pointerDepth: pointerDepth)
  }

  /// The token as a part of a type's name, empty for a qualifier; nil when it is no such part.
  private func typeWord(_ token: Token, isFirst: Bool) -> String? {
    if isQualifier(token) { return "" }
    let word = text.text(of: token)
    switch token.kind {
    case .identifier: return isFirst ? word : nil
    case .keyword(let keyword) where Self.baseTypes.contains(keyword): return word
    case .keyword(.struct), .keyword(.union), .keyword(.enum): return isFirst ? word : nil
    case .keyword, .number, .character, .string, .punctuator, .unknown: return nil
    }
  }

  private func isQualifier(_ token: Token) -> Bool {
    switch token.kind {
    case .keyword(.const), .keyword(.volatile), .keyword(.restrict), .keyword(.atomic): true
    case .identifier: Self.qualifiers.contains(text.text(of: token))
    case .keyword, .number, .character, .string, .punctuator, .unknown: false
    }
  }

  /// Whether the current tokens can only be, or may be, a type.
  private func looksLikeType() -> Bool {
    guard let token = current else { return false }
    switch token.kind {
    case .identifier: return true
    case .keyword(let keyword): return keyword.beginsDeclaration
    case .number, .character, .string, .punctuator, .unknown: return false
    }
  }

  /// After `(name)` or `(name *)`: does an operand follow that makes the parentheses a cast?
  ///
  /// `(a) * b` and `(a) & b` are read as arithmetic unless the name is spelled as the kernel spells its integer
  /// types, because without a symbol table C's grammar does not tell.
  private func castOperandFollows(_ type: TypeName) -> Bool {
    guard let next = current else { return false }
    switch next.kind {
    case .identifier, .keyword, .number, .character, .string: return true
    case .punctuator(.leftParenthesis), .punctuator(.tilde), .punctuator(.exclamation),
      .punctuator(.leftBrace):
      return true
    case .punctuator(.star), .punctuator(.ampersand), .punctuator(.minus), .punctuator(.plus):
      return type.pointerDepth > 0 || Self.isTypedefSpelling(type.name)
    case .punctuator, .unknown: return false
    }
  }

  private static func isTypedefSpelling(_ name: String) -> Bool {
    if name.hasSuffix("_t") || ["uint", "ulong", "ushort", "unchar"].contains(name) { return true }
    let bare = name.hasPrefix("__") ? name.dropFirst(2) : name[...]
    return [
      "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "le16", "le32", "le64", "be16", "be32", "be64",
    ]
    .contains(String(bare))
  }

  /// Annotations of sparse that vanish when the kernel is compiled (`include/linux/compiler_types.h`).
  private static let qualifiers: Set<String> = [
    "__user", "__kernel", "__iomem", "__rcu", "__percpu", "__force", "__nocast", "__bitwise", "__private",
  ]
  private static let baseTypes: Set<Keyword> = [
    .void, .char, .short, .int, .long, .float, .double, .signed, .unsigned, .bool, .complex,
  ]
}
