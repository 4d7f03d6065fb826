/// Finds the functions of a file: at file scope, braces behind a parameter list.
struct FunctionFinder {
  /// A function's place: indexes of tokens.
  struct Found {
    let first: Int
    let name: Int?
    /// The opening parenthesis behind the name.
    let parameters: Int?
    let open: Int
    /// The closing brace; the number of tokens when it is missing.
    let close: Int
  }

  private let bytes: [UInt8]
  private let tokens: [Token]
  private let brackets: BracketTable

  /// What has been read of a declaration at file scope.
  private struct Pending {
    var first: Int
    /// The identifiers directly before a top-level parenthesis.
    var heads: [Int] = []
    var hasInitializer = false
    var isAggregate = false
  }

  init(bytes: [UInt8], tokens: [Token], brackets: BracketTable) {
    self.bytes = bytes
    self.tokens = tokens
    self.brackets = brackets
  }

  /// The functions in source order.
  func find() -> [Found] {
    var found: [Found] = []
    var pending = Pending(first: 0)
    // A K&R definition's head ends where its parameters' declarations begin: `int f(a) int a; {`.
    var oldStyle: Pending?
    var index = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .punctuator(.semicolon):
        if isOldStyleHead(pending, before: index) { oldStyle = pending }
        index += 1
        pending = Pending(first: index)
      case .punctuator(.leftBrace):
        let close = brackets.partner(of: index)
        let opener = pending.first == index ? oldStyle : pending
        if opensLinkage(before: index) {
          index += 1
          pending = Pending(first: index)
        } else if let opener, isFunction(opener) {
          found.append(function(opener, open: index, close: close ?? tokens.count))
          index = (close ?? tokens.count) + 1
          pending = Pending(first: index)
          oldStyle = nil
        } else {
          index = (close ?? index) + 1
          if !pending.isAggregate && !pending.hasInitializer { pending = Pending(first: index) }
        }
      case .punctuator(.rightBrace):
        index += 1
        pending = Pending(first: index)
      default:
        index = readToken(index, &pending)
      }
    }
    return found
  }

  /// Takes note of a token of a declaration and returns the index of the next one to read.
  private func readToken(_ index: Int, _ pending: inout Pending) -> Int {
    switch tokens[index].kind {
    case .punctuator(.assign):
      pending.hasInitializer = true
    case .keyword(.struct), .keyword(.union), .keyword(.enum):
      pending.isAggregate = true
    case .punctuator(.leftParenthesis), .punctuator(.leftBracket):
      if tokens[index].is(.leftParenthesis), index > pending.first { pending.heads.append(index - 1) }
      return (brackets.partner(of: index) ?? index) + 1
    default:
      break
    }
    return index + 1
  }

  private func isFunction(_ pending: Pending) -> Bool {
    !pending.hasInitializer && nameHead(pending) != nil
  }

  /// Which of the words before parentheses names the function, and where its definition begins.
  ///
  /// The first that is no annotation, unless it is a macro without semicolon before the definition
  /// (`MODULE_ALIAS("x") static int f(int a)`) or makes the type (`API(char *) f(int a)`).
  private func nameHead(_ pending: Pending) -> (head: Int, first: Int)? {
    var chosen: (head: Int, first: Int)?
    for head in pending.heads where !isAnnotation(head) {
      guard let previous = chosen else {
        chosen = (head, pending.first)
        continue
      }
      guard let close = brackets.partner(of: previous.head + 1), close < head else { break }
      if head > close + 1 {
        chosen = (head, close + 1)
      } else if isUppercase(previous.head) && !isUppercase(head) {
        chosen = (head, previous.first)
      }
    }
    return chosen
  }

  private func isUppercase(_ token: Int) -> Bool {
    !bytes[tokens[token].offset..<tokens[token].endOffset].contains { $0 >= 0x61 && $0 <= 0x7A }
  }

  /// `extern "C" {`: what it encloses stands at file scope.
  private func opensLinkage(before open: Int) -> Bool {
    open >= 2 && tokens[open - 1].kind == .string && tokens[open - 2].is(.extern)
  }

  /// Whether a parameter list is followed by a declaration: `int f(a) int a`.
  private func isOldStyleHead(_ pending: Pending, before semicolon: Int) -> Bool {
    guard !pending.hasInitializer, let head = nameHead(pending)?.head,
      let close = brackets.partner(of: head + 1), semicolon - close >= 3
    else { return false }
    let next = tokens[close + 1].kind
    if case .keyword(let keyword) = next { return keyword.beginsDeclaration && keyword != .attribute }
    return next == .identifier
  }

  private func function(_ pending: Pending, open: Int, close: Int) -> Found {
    guard let (head, first) = nameHead(pending) else {
      return Found(first: pending.first, name: nil, parameters: nil, open: open, close: close)
    }
    if let end = brackets.partner(of: head + 1), let inner = innerName(head + 1, end, open) {
      return Found(first: first, name: inner.name, parameters: inner.parameters, open: open, close: close)
    }
    let name = tokens[head].isIdentifier ? head : nil
    return Found(first: first, name: name, parameters: head + 1, open: open, close: close)
  }

  /// The name inside the parentheses of `int (*name(int))(void)`, `(name)(int)` and `API(name)(int)`.
  private func innerName(_ start: Int, _ end: Int, _ open: Int) -> (name: Int, parameters: Int)? {
    guard end + 1 < open, tokens[end + 1].is(.leftParenthesis) else { return nil }
    let inside = (start + 1)..<max(end, start + 1)
    if let call = inside.first(where: { tokens[$0].isIdentifier && tokens[$0 + 1].is(.leftParenthesis) }) {
      return (call, call + 1)
    }
    return inside.last { tokens[$0].isIdentifier }.map { ($0, end + 1) }
  }

  /// Whether the word before a parenthesis belongs to an attribute or an annotation of sparse, not to a name.
  private func isAnnotation(_ index: Int) -> Bool {
    if index > 0, tokens[index - 1].is(.struct) || tokens[index - 1].is(.union) || tokens[index - 1].is(.enum)
    {
      return true
    }
    switch tokens[index].kind {
    case .keyword(let keyword):
      return keyword == .attribute || keyword == .asm || keyword == .alignas || keyword == .typeof
    case .identifier:
      return Self.annotations.contains(
        String(decoding: bytes[tokens[index].offset..<tokens[index].endOffset], as: UTF8.self))
    case .punctuator(.star): return false
    case .number, .character, .string, .punctuator, .unknown: return true
    }
  }

  /// `include/linux/compiler_types.h`, `compiler_attributes.h` and their like.
  private static let annotations: Set<String> = [
    "__acquires", "__releases", "__must_hold", "__cond_acquires", "__cond_releases", "__acquire_shared",
    "__printf", "__scanf", "__section", "__aligned", "__alloc_size", "__realloc_size", "__assume_aligned",
    "__no_sanitize", "__copy", "__alias", "__malloc", "__nonnull", "__diagnose_as", "__designated_init",
    "__declspec", "__counted_by", "__guarded_by", "__attribute_const__", "__nonstring", "__mode",
    "__access", "__visibility", "__weakref", "__overloadable", "__cold_section", "__bpf_kfunc_section",
  ]
}
