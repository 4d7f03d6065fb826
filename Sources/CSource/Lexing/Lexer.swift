/// Splits C source into tokens and preprocessor lines.
///
/// Never fails: any bytes have a reading. A backslash before a newline counts as white space between tokens and
/// as nothing inside a string, comment or directive; trigraphs and digraphs are not read (the kernel and every
/// current compiler's default leave them off).
struct Lexer {
  private let bytes: [UInt8]
  private var offset: Int
  private let end: Int
  private var line: Int
  private var isAtLineStart = true
  private(set) var tokens: [Token] = []
  private(set) var directives: [Directive] = []

  /// Reads all of the bytes.
  static func read(_ bytes: [UInt8]) -> (tokens: [Token], directives: [Directive]) {
    var lexer = Lexer(bytes, from: 0, to: bytes.count, line: 1)
    lexer.tokens.reserveCapacity(bytes.count / 5)
    lexer.run()
    return (lexer.tokens, lexer.directives)
  }

  /// Reads a part of the bytes, such as a macro's body, in which `#` begins no directive.
  static func readPart(_ bytes: [UInt8], from start: Int, to end: Int, line: Int) -> [Token] {
    var lexer = Lexer(bytes, from: start, to: end, line: line)
    lexer.isAtLineStart = false
    lexer.run()
    return lexer.tokens
  }

  private init(_ bytes: [UInt8], from start: Int, to end: Int, line: Int) {
    self.bytes = bytes
    self.offset = start
    self.end = min(end, bytes.count)
    self.line = line
  }

  private func byte(at offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  private mutating func run() {
    while offset < end {
      let first = bytes[offset]
      switch first {
      case UInt8(ascii: "\n"):
        offset += 1
        line += 1
        isAtLineStart = true
      case UInt8(ascii: " "), 9, 11, 12, 13:
        offset += 1
      case UInt8(ascii: "\\") where continuationLength(at: offset) > 0:
        offset += continuationLength(at: offset)
        line += 1
      case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "*"):
        skipBlockComment()
      case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "/"):
        skipToLineEnd()
      case UInt8(ascii: "#") where isAtLineStart:
        readDirective()
      default:
        readToken(first)
        isAtLineStart = false
      }
    }
  }

  /// The length of a backslash and the newline behind it (with a carriage return between); 0 when none is there.
  private func continuationLength(at offset: Int) -> Int {
    guard byte(at: offset) == UInt8(ascii: "\\") else { return 0 }
    if byte(at: offset + 1) == UInt8(ascii: "\n") { return 2 }
    return byte(at: offset + 1) == 13 && byte(at: offset + 2) == UInt8(ascii: "\n") ? 3 : 0
  }

  private mutating func skipBlockComment() {
    offset += 2
    while offset < end {
      if bytes[offset] == UInt8(ascii: "*") && byte(at: offset + 1) == UInt8(ascii: "/") {
        offset += 2
        return
      }
      if bytes[offset] == UInt8(ascii: "\n") { line += 1 }
      offset += 1
    }
  }

  /// Moves to the newline that ends the logical line.
  private mutating func skipToLineEnd() {
    while offset < end && bytes[offset] != UInt8(ascii: "\n") {
      let continuation = continuationLength(at: offset)
      if continuation > 0 { line += 1 }
      offset += max(1, continuation)
    }
  }

  // MARK: Tokens

  private mutating func readToken(_ first: UInt8) {
    let start = offset
    let startLine = line
    let kind: Token.Kind
    if CharacterClass.isIdentifierStart(first) {
      offset += 1
      while offset < end && CharacterClass.isIdentifierPart(bytes[offset]) { offset += 1 }
      kind = Keyword.spelled(bytes[start..<offset]).map(Token.Kind.keyword) ?? .identifier
    } else if CharacterClass.isDigit(first)
      || (first == UInt8(ascii: ".") && CharacterClass.isDigit(byte(at: offset + 1)))
    {
      skipNumber()
      kind = .number
    } else if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      skipQuoted(by: first)
      kind = first == UInt8(ascii: "'") ? .character : .string
    } else if let found = Punctuator.longest(in: bytes, at: offset), offset + found.byteCount <= end {
      offset += found.byteCount
      kind = .punctuator(found.punctuator)
    } else {
      offset += 1
      kind = .unknown
    }
    tokens.append(Token(kind, at: start, byteCount: offset - start, line: startLine))
  }

  /// C11 6.4.8: digits, letters, dots and a sign behind an exponent letter.
  private mutating func skipNumber() {
    let isHexadecimal = (byte(at: offset + 1) | 0x20) == UInt8(ascii: "x")
    offset += 1
    while offset < end {
      let byte = bytes[offset]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let previous = bytes[offset - 1] | 0x20
      let followsExponent = previous == UInt8(ascii: isHexadecimal ? "p" : "e")
      guard CharacterClass.isIdentifierPart(byte) || byte == UInt8(ascii: ".") || (isSign && followsExponent)
      else { return }
      offset += 1
    }
  }

  /// Moves behind the closing quote, or to the newline that ends a literal without one.
  private mutating func skipQuoted(by quote: UInt8) {
    offset += 1
    while offset < end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") { return }
      if byte == UInt8(ascii: "\\") {
        let continuation = continuationLength(at: offset)
        if continuation > 0 { line += 1 }
        let isEscape = continuation == 0 && offset + 1 < end && bytes[offset + 1] != UInt8(ascii: "\n")
        offset += continuation > 0 ? continuation : isEscape ? 2 : 1
        continue
      }
      offset += 1
      if byte == quote { return }
    }
  }

  // MARK: Directives

  private mutating func readDirective() {
    let start = offset
    let startLine = line
    offset += 1
    skipBlanksInDirective()
    let nameStart = offset
    while offset < end && CharacterClass.isIdentifierPart(bytes[offset]) { offset += 1 }
    let kind = Self.directiveKind(bytes[nameStart..<offset])
    skipBlanksInDirective()
    let bodyOffset = offset
    skipDirectiveBody()
    directives.append(
      Directive(
        kind: kind, offset: start, byteCount: offset - start, bodyOffset: bodyOffset, line: startLine,
        tokenIndex: tokens.count))
  }

  private mutating func skipBlanksInDirective() {
    while offset < end {
      let continuation = continuationLength(at: offset)
      if continuation > 0 {
        offset += continuation
        line += 1
      } else if bytes[offset] == UInt8(ascii: " ") || bytes[offset] == 9 {
        offset += 1
      } else {
        return
      }
    }
  }

  /// Comments go before lines are directives (C11 5.1.1.2): a block comment may carry one over a newline.
  private mutating func skipDirectiveBody() {
    while offset < end && bytes[offset] != UInt8(ascii: "\n") {
      let continuation = continuationLength(at: offset)
      if continuation > 0 {
        offset += continuation
        line += 1
      } else if bytes[offset] == UInt8(ascii: "\"") {
        skipQuoted(by: UInt8(ascii: "\""))
      } else if bytes[offset] == UInt8(ascii: "/") && byte(at: offset + 1) == UInt8(ascii: "*") {
        skipBlockComment()
      } else if bytes[offset] == UInt8(ascii: "/") && byte(at: offset + 1) == UInt8(ascii: "/") {
        skipToLineEnd()
      } else if bytes[offset] == UInt8(ascii: "'") && byte(at: offset + 2) == UInt8(ascii: "'") {
        offset += 3
      } else {
        offset += 1
      }
    }
  }

  private static func directiveKind(_ name: ArraySlice<UInt8>) -> Directive.Kind {
    switch String(decoding: name, as: UTF8.self) {
    case "if": .if
    case "ifdef": .ifdef
    case "ifndef": .ifndef
    case "elif", "elifdef", "elifndef": .elif
    case "else": .else
    case "endif": .endif
    case "define": .define
    default: .other
    }
  }
}

/// Which bytes make up identifiers and numbers.
enum CharacterClass {
  private static let identifierPart: [Bool] = (0..<256).map { value in
    let byte = UInt8(value)
    return isDigit(byte) || isIdentifierStart(byte)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// Letters, `_`, `$` (a GNU extension) and every byte of a multi-byte UTF-8 character.
  static func isIdentifierStart(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  static func isIdentifierPart(_ byte: UInt8) -> Bool { identifierPart[Int(byte)] }
}
