import CSource

/// Reads the part of C's expressions that a marker can express (C11 6.5), by precedence climbing.
///
/// What is C but not in `Expression` ends in `CaptureProblem.unsupported`, what is not C in `.malformed`.
/// Depth and size are limited, so that hostile text exhausts neither this parser nor later walks of the tree.
struct ExpressionParser {
  let text: TokenizedText
  let end: Int
  /// The offset to blame when the range holds no token.
  private let emptyAt: Int
  var index: Int
  private var depth = 0
  private var nodeCount = 0

  /// The greatest nesting of parentheses, brackets and unary operators.
  static let depthLimit = 64
  /// The greatest number of nodes, which also bounds the depth of the tree.
  static let nodeLimit = 128

  init(_ text: TokenizedText, _ range: Range<Int>, emptyAt: Int) {
    self.text = text
    self.index = range.lowerBound
    self.end = range.upperBound
    self.emptyAt = emptyAt
  }

  /// The whole range as one expression.
  mutating func parseAll() throws(CaptureProblem) -> Expression {
    guard index < end else { throw .malformed("the expression is empty", at: emptyAt) }
    let expression = try parseBinary(minimum: 0)
    guard let rest = current else { return expression }
    if rest.is(.question) { throw .unsupported("'?:' chooses at run time", at: rest.offset) }
    if isAssignment(rest) {
      throw .unsupported("'\(text.text(of: rest))' assigns, and a marker changes nothing", at: rest.offset)
    }
    if rest.is(.comma) { throw .unsupported("',' is no operator here", at: rest.offset) }
    throw .malformed("'\(text.text(of: rest))' is unexpected here", at: rest.offset)
  }

  // MARK: Tokens

  var current: Token? { token(ahead: 0) }

  func token(ahead count: Int) -> Token? {
    index + count < end ? text.tokens[index + count] : nil
  }

  /// Where to blame what is missing at the current place.
  var offset: Int { current?.offset ?? text.tokens[..<end].last?.endOffset ?? emptyAt }

  mutating func take(_ punctuator: Punctuator) -> Bool {
    guard let token = current, token.is(punctuator) else { return false }
    index += 1
    return true
  }

  mutating func expect(_ punctuator: Punctuator) throws(CaptureProblem) {
    if take(punctuator) { return }
    let found = current.map { "'\(text.text(of: $0))'" } ?? "the end"
    throw .malformed("'\(punctuator.rawValue)' is expected before \(found)", at: offset)
  }

  mutating func identifier(_ role: String) throws(CaptureProblem) -> String {
    guard let token = current, token.isIdentifier else {
      throw .malformed("\(role) is missing", at: offset)
    }
    index += 1
    return text.text(of: token)
  }

  private func isAssignment(_ token: Token) -> Bool {
    guard case .punctuator(let punctuator) = token.kind else { return false }
    return punctuator.rawValue.hasSuffix("=") && BinaryOperator(punctuator) == nil
  }

  // MARK: Limits

  mutating func node(_ expression: Expression) throws(CaptureProblem) -> Expression {
    nodeCount += 1
    guard nodeCount <= Self.nodeLimit else {
      throw .unsupported("the expression has more than \(Self.nodeLimit) parts", at: offset)
    }
    return expression
  }

  // MARK: Operators

  /// Binary operators are folded between constants; with anything else they need code that no probe runs.
  mutating func parseBinary(minimum: Int) throws(CaptureProblem) -> Expression {
    var left = try parseUnary()
    while let token = current, let binary = BinaryOperator(token), binary.precedence > minimum {
      index += 1
      let right = try parseBinary(minimum: binary.precedence)
      guard case .integer(let first) = left, case .integer(let second) = right else {
        throw .unsupported(
          "'\(text.text(of: token))' computes a value, and a probe only fetches", at: token.offset)
      }
      guard let value = binary.fold(first, second) else {
        throw .unsupported("'\(text.text(of: token))' has no constant result", at: token.offset)
      }
      left = try node(.integer(value))
    }
    return left
  }

  mutating func parseUnary() throws(CaptureProblem) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw .unsupported("the expression is nested deeper than \(Self.depthLimit)", at: offset)
    }
    guard let token = current else { throw .malformed("the expression ends too early", at: offset) }
    if case .punctuator(let punctuator) = token.kind, let prefix = try parsePrefix(punctuator, token) {
      return prefix
    }
    if token.is(.extension) {
      index += 1
      return try parseUnary()
    }
    return try parsePostfix(parsePrimary(token))
  }

  /// The expression behind a prefix operator or cast; nil when the token begins none.
  private mutating func parsePrefix(
    _ punctuator: Punctuator, _ token: Token
  ) throws(CaptureProblem) -> Expression? {
    switch punctuator {
    case .star:
      index += 1
      return try node(.dereference(parseUnary()))
    case .ampersand:
      index += 1
      return try node(.addressOf(parseUnary()))
    case .plus, .minus, .tilde, .exclamation:
      index += 1
      return try parseSigned(punctuator, token)
    case .increment, .decrement:
      throw .unsupported("'\(punctuator.rawValue)' assigns, and a marker changes nothing", at: token.offset)
    case .logicalAnd:
      throw .unsupported("'&&' before a name takes a label's address", at: token.offset)
    case .leftParenthesis:
      guard let type = try takeCast() else { return nil }
      if current?.is(.leftBrace) == true {
        throw .unsupported("a compound literal has no place in memory to fetch from", at: offset)
      }
      return try node(.cast(type, parseUnary()))
    default:
      return nil
    }
  }

  /// Signs and complements exist for constants only.
  private mutating func parseSigned(
    _ punctuator: Punctuator, _ token: Token
  ) throws(CaptureProblem) -> Expression {
    guard case .integer(let value) = try parseUnary() else {
      throw .unsupported(
        "'\(punctuator.rawValue)' computes a value, and a probe only fetches", at: token.offset)
    }
    switch punctuator {
    case .minus: return try node(.integer(0 &- value))
    case .tilde: return try node(.integer(~value))
    case .exclamation: return try node(.integer(value == 0 ? 1 : 0))
    default: return try node(.integer(value))
    }
  }

  private mutating func parsePostfix(_ primary: Expression) throws(CaptureProblem) -> Expression {
    var base = primary
    while let token = current {
      if take(.dot) {
        base = try node(.member(base, identifier("a member's name")))
      } else if take(.arrow) {
        base = try node(.arrow(base, identifier("a member's name")))
      } else if take(.leftBracket) {
        base = try node(.element(base, parseIndex()))
      } else if token.is(.leftParenthesis) {
        throw .unsupported("it calls a function, and a probe runs no code", at: token.offset)
      } else if token.is(.increment) || token.is(.decrement) {
        throw .unsupported(
          "'\(text.text(of: token))' assigns, and a marker changes nothing", at: token.offset)
      } else {
        break
      }
    }
    return base
  }

  private mutating func parseIndex() throws(CaptureProblem) -> Int64 {
    let start = index
    let expression = try parseBinary(minimum: 0)
    let spelling = text.text(of: start..<index)
    let startOffset = start < end ? text.tokens[start].offset : offset
    try expect(.rightBracket)
    guard case .integer(let value) = expression else {
      throw .unsupported("the index '\(spelling)' is no constant", at: startOffset)
    }
    return value
  }

  // MARK: Primaries

  private mutating func parsePrimary(_ token: Token) throws(CaptureProblem) -> Expression {
    let spelling = text.text(of: token)
    switch token.kind {
    case .identifier:
      index += 1
      guard current?.is(.leftParenthesis) == true else { return try node(.variable(spelling)) }
      return try parseCall(spelling, at: token.offset)
    case .number:
      index += 1
      return try node(.integer(ConstantParser.integer(spelling, at: token.offset)))
    case .character:
      index += 1
      return try node(.integer(ConstantParser.character(spelling, at: token.offset)))
    case .string:
      throw .unsupported("a string literal is no variable", at: token.offset)
    case .keyword:
      throw .unsupported("'\(spelling)' is not evaluated by a probe", at: token.offset)
    case .punctuator(.leftParenthesis):
      return try parseParenthesised()
    case .punctuator, .unknown:
      throw .malformed("'\(spelling)' is unexpected here", at: token.offset)
    }
  }

  private mutating func parseParenthesised() throws(CaptureProblem) -> Expression {
    index += 1
    if current?.is(.leftBrace) == true {
      throw .unsupported("a statement expression runs code", at: offset)
    }
    let inner = try parseBinary(minimum: 0)
    guard let token = current, !token.is(.rightParenthesis) else {
      try expect(.rightParenthesis)
      return inner
    }
    if token.is(.question) { throw .unsupported("'?:' chooses at run time", at: token.offset) }
    if token.is(.comma) { throw .unsupported("',' is no operator here", at: token.offset) }
    if isAssignment(token) {
      throw .unsupported("'\(text.text(of: token))' assigns, and a marker changes nothing", at: token.offset)
    }
    try expect(.rightParenthesis)
    return inner
  }

  /// The kernel's names for `container_of` are known; every other call is refused.
  private mutating func parseCall(_ name: String, at offset: Int) throws(CaptureProblem) -> Expression {
    guard Self.containerOfNames.contains(name) else {
      throw .unsupported("it calls '\(name)', and a probe runs no code", at: offset)
    }
    index += 1
    let pointer = try parseBinary(minimum: 0)
    try expect(.comma)
    let type = try takeTypeName()
    try expect(.comma)
    var member = try identifier("a member's name")
    while take(.dot) { member += "." + (try identifier("a member's name")) }
    try expect(.rightParenthesis)
    return try node(.containerOf(pointer, type, member))
  }

  /// `include/linux/container_of.h`, and the macros of list.h, rbtree.h and llist.h that only rename it.
  private static let containerOfNames: Set<String> = [
    "container_of", "container_of_const", "list_entry", "hlist_entry", "rb_entry", "llist_entry",
    "hlist_nulls_entry", "hlist_bl_entry",
  ]
}
