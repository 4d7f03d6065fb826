/// A marker as it is written in a source, wherever it stands.
public struct MarkerUse: Sendable, Hashable {
  /// The macro: "MARKER", "MARKER_IN".
  public let macro: String
  /// From the macro's name to its closing parenthesis, or to its last token when that is missing.
  public let extent: SourceExtent
  /// The arguments, each as the preprocessor's `#` would spell it (C11 6.10.3.2): comments gone, white space one
  /// space. nil when the parentheses are not closed.
  public let arguments: [String]?
  /// The macro in whose definition the use stands; nil for a use in code.
  public let definition: String?
}

extension SourceFile {
  /// The uses of the given macros in the file, in source order.
  ///
  /// Not in comments, strings, `#if 0` and C++ parts; of other conditionals every branch counts. Uses within the
  /// definitions of the same macros are left out.
  public static func uses(of macros: Set<String>, in bytes: [UInt8]) -> [MarkerUse] {
    let (tokens, directives) = Lexer.read(bytes)
    let conditionals = Conditionals(bytes: bytes, tokens: tokens, directives: directives)
    let finder = MarkerUseFinder(macros: macros, bytes: bytes, lines: LineTable(bytes))
    var uses = finder.find(conditionals.kept(tokens, droppedFor: [.alwaysFalse]), definition: nil)
    for directive in directives where directive.kind == .define {
      guard conditionals.reason(at: directive.offset) != .alwaysFalse else { continue }
      uses += finder.find(in: directive)
    }
    return uses.sorted { $0.extent.start < $1.extent.start }
  }

  /// The object-like macros of the name that the file defines: each definition's line and text, in source order.
  public static func definitions(of macro: String, in bytes: [UInt8]) -> [(line: Int, text: String)] {
    let (tokens, directives) = Lexer.read(bytes)
    let conditionals = Conditionals(bytes: bytes, tokens: tokens, directives: directives)
    let finder = MarkerUseFinder(macros: [], bytes: bytes, lines: LineTable(bytes))
    return directives.compactMap { directive in
      guard directive.kind == .define, conditionals.reason(at: directive.offset) != .alwaysFalse else {
        return nil
      }
      let body = Lexer.readPart(
        bytes, from: directive.bodyOffset, to: directive.endOffset, line: directive.line)
      guard let name = body.first, finder.text(name) == macro else { return nil }
      return (directive.line, finder.spelling(body.dropFirst()))
    }
  }
}

/// Finds uses of macros among tokens.
private struct MarkerUseFinder {
  let macros: Set<String>
  let bytes: [UInt8]
  let lines: LineTable

  func text(_ token: Token) -> String {
    String(decoding: bytes[token.offset..<token.endOffset], as: UTF8.self)
  }

  func find(in directive: Directive) -> [MarkerUse] {
    let body = Lexer.readPart(
      bytes, from: directive.bodyOffset, to: directive.endOffset, line: directive.line)
    guard let name = body.first.map(text), !macros.contains(name) else { return [] }
    return find(Array(body.dropFirst()), definition: name)
  }

  func find(_ tokens: [Token], definition: String?) -> [MarkerUse] {
    let closers = closingParentheses(tokens)
    var uses: [MarkerUse] = []
    var index = 0
    while index + 1 < tokens.count {
      defer { index += 1 }
      guard tokens[index].isIdentifier, tokens[index + 1].is(.leftParenthesis),
        macros.contains(text(tokens[index]))
      else { continue }
      guard let close = closers[index + 1] else {
        uses.append(made(tokens, index, index + 1, nil, definition))
        continue
      }
      uses.append(made(tokens, index, close, arguments(tokens[(index + 2)..<close]), definition))
      index = close
    }
    return uses
  }

  /// The closing parenthesis of each opening one that has one.
  private func closingParentheses(_ tokens: [Token]) -> [Int: Int] {
    var closers: [Int: Int] = [:]
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.is(.leftParenthesis) {
        open.append(index)
      } else if token.is(.rightParenthesis), let start = open.popLast() {
        closers[start] = index
      } else if token.is(.rightBrace) && open.isEmpty == false && isFirstColumn(token) {
        // A function ends here: no parenthesis of it closes behind.
        open.removeAll()
      }
    }
    return closers
  }

  private func isFirstColumn(_ token: Token) -> Bool { lines.offset(ofLine: token.line) == token.offset }

  /// Splits at the commas outside of inner parentheses, as the preprocessor does (C11 6.10.3).
  private func arguments(_ tokens: ArraySlice<Token>) -> [String] {
    if tokens.isEmpty { return [] }
    var arguments: [String] = []
    var depth = 0
    var start = tokens.startIndex
    for index in tokens.indices {
      if tokens[index].is(.leftParenthesis) { depth += 1 }
      if tokens[index].is(.rightParenthesis) { depth -= 1 }
      guard depth == 0, tokens[index].is(.comma) else { continue }
      arguments.append(spelling(tokens[start..<index]))
      start = index + 1
    }
    return arguments + [spelling(tokens[start...])]
  }

  private func made(
    _ tokens: [Token], _ first: Int, _ last: Int, _ arguments: [String]?, _ definition: String?
  ) -> MarkerUse {
    let extent = SourceExtent(
      start: lines.position(of: tokens[first].offset), end: lines.position(of: tokens[last].endOffset - 1))
    return MarkerUse(macro: text(tokens[first]), extent: extent, arguments: arguments, definition: definition)
  }

  /// The tokens as `#` spells them: one space wherever anything stands between two.
  func spelling(_ tokens: ArraySlice<Token>) -> String {
    var spelling = ""
    var end: Int?
    for token in tokens {
      if let end, token.offset > end { spelling += " " }
      spelling += text(token)
      end = token.endOffset
    }
    return spelling
  }
}
