/// One name that a declaration declares.
public struct Declarator: Sendable, Hashable {
  /// nil when none was recognised.
  public let name: String?
  /// The name and what follows it, initializer included, up to the comma or semicolon; for the first declarator
  /// the specifiers too when no name was recognised.
  public let extent: SourceExtent
  /// The place of the name: where compilers say that the initializer's code stands.
  public let position: SourcePosition
  public let hasInitializer: Bool
}

extension Statement {
  /// The names that a declaration declares, in order; empty for other statements.
  public var declarators: [Declarator] {
    guard kind == .declaration else { return [] }
    return DeclaratorReader(file, file.statements[index]).read()
  }

  /// Whether a declaration initializes some variable at run time, where it stands.
  ///
  /// False for `static`, `extern` and `typedef`, whose initializers are no code.
  public var hasInitializer: Bool {
    kind == .declaration && DeclaratorReader(file, file.statements[index]).initializesAtRunTime
  }

  /// Whether the statement itself may run code: false for labels, empty statements, markers and declarations
  /// without an initializer. (A variable-length array runs code, too; nothing here tells it from others.)
  public var mayRunCode: Bool {
    switch kind {
    case .declaration: hasInitializer
    case .empty, .caseLabel, .defaultLabel, .label, .marker: false
    case .expression, .if, .for, .while, .doWhile, .switch, .return, .break, .continue, .goto, .compound,
      .macroLoop, .macroBlock, .macro:
      true
    }
  }
}

/// Splits a declaration at its top-level commas.
private struct DeclaratorReader {
  private let file: SourceFile
  private let tokens: Range<Int>

  init(_ file: SourceFile, _ node: StatementNode) {
    self.file = file
    let last = Int(node.last)
    tokens = Int(node.first)..<(file.tokens[last].is(.semicolon) ? last : last + 1)
  }

  /// The token indexes outside of all brackets, brackets themselves included.
  private var outer: [Int] {
    var outer: [Int] = []
    var index = tokens.lowerBound
    while index < tokens.upperBound {
      outer.append(index)
      index = max(index, file.brackets.partner(of: index) ?? 0) + 1
    }
    return outer
  }

  var initializesAtRunTime: Bool {
    let outer = outer
    let isStatic = outer.contains { index in
      let token = file.tokens[index]
      return token.is(.static) || token.is(.extern) || token.is(.typedef) || token.is(.staticAssert)
    }
    return !isStatic && outer.contains { file.tokens[$0].is(.assign) }
  }

  func read() -> [Declarator] {
    outer.split(whereSeparator: { file.tokens[$0].is(.comma) }).compactMap { piece in
      guard let first = piece.first, let last = piece.last else { return nil }
      let assign = piece.first { file.tokens[$0].is(.assign) }
      let end = file.brackets.partner(of: last).map { max($0, last) } ?? last
      let name = nameToken(piece.prefix { $0 != assign })
      let start = name ?? first
      let extent = file.extent(Int32(start), Int32(end))
      return Declarator(
        name: name.map { file.text($0) }, extent: extent, position: extent.start,
        hasInitializer: assign != nil)
    }
  }

  /// The last identifier before brackets or the end; inside the first parentheses for `(*name)(…)`.
  private func nameToken(_ piece: ArraySlice<Int>) -> Int? {
    if let open = piece.first(where: { file.tokens[$0].is(.leftParenthesis) }), open + 2 < tokens.upperBound,
      file.tokens[open + 1].is(.star), file.tokens[open + 2].isIdentifier
    {
      return open + 2
    }
    let head = piece.prefix {
      !file.tokens[$0].is(.leftBracket) && !file.tokens[$0].is(.leftParenthesis)
        && !file.tokens[$0].is(.colon)
        && !file.tokens[$0].is(.attribute)
    }
    return head.last { file.tokens[$0].isIdentifier }
  }
}
