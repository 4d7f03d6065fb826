/// Reads functions' bodies into the flat store of statements and blocks.
///
/// A recursive descent over tokens whose brackets are already paired, with a limit on its depth: what lies deeper
/// becomes one statement without parts. Each step moves on by at least one token.
struct StatementParser {
  let bytes: [UInt8]
  let tokens: [Token]
  let brackets: BracketTable
  let lines: LineTable
  let markers: MarkerSpelling
  let conditionals: Conditionals
  private var macros: MacroShapes

  var statements: [StatementNode] = []
  var blocks: [BlockNode] = []
  var functions: [FunctionNode] = []
  var index = 0
  /// The opening braces that stand in parentheses directly, ascending: `({`, `F(x, {`.
  private let innerBraces: [Int]
  private var depth = 0

  /// C11 5.2.4.1 asks compilers for 127 levels of nesting.
  static let depthLimit = 256

  init(
    bytes: [UInt8], tokens: [Token], brackets: BracketTable, lines: LineTable, markers: MarkerSpelling,
    conditionals: Conditionals, macros: MacroShapes
  ) {
    self.conditionals = conditionals
    self.macros = macros
    self.bytes = bytes
    self.tokens = tokens
    self.brackets = brackets
    self.lines = lines
    self.markers = markers
    innerBraces = tokens.indices.dropFirst().filter { index in
      tokens[index].is(.leftBrace) && (tokens[index - 1].is(.leftParenthesis) || tokens[index - 1].is(.comma))
    }
  }

  /// Reads one function; functions must come in source order.
  mutating func read(_ found: FunctionFinder.Found) {
    let function = Int32(functions.count)
    let body = Int32(blocks.count)
    functions.append(
      FunctionNode(
        first: Int32(found.first), name: Int32(found.name ?? -1), parameters: Int32(found.parameters ?? -1),
        body: body))
    blocks.append(
      BlockNode(
        role: .function, function: function, owner: -1, open: Int32(found.open),
        close: found.close < tokens.count ? Int32(found.close) : -1))
    index = found.open + 1
    readItems(in: body, until: found.close)
  }

  /// Reads statements up to a token index that ends the block.
  mutating func readItems(in block: Int32, until end: Int) {
    while index < end { readItem(in: block, until: end) }
  }

  /// Reads one statement or label.
  mutating func readItem(in block: Int32, until end: Int) {
    depth += 1
    defer { depth -= 1 }
    let token = tokens[index]
    guard depth < Self.depthLimit else { return readOpaque(in: block, until: end) }
    switch token.kind {
    case .punctuator(.semicolon):
      add(.empty, in: block)
      index += 1
    case .punctuator(.leftBrace):
      let node = add(.compound, in: block)
      readBody(.compound, of: node, until: end)
      finish(node)
    case .punctuator(.rightBrace), .punctuator(.rightParenthesis), .punctuator(.rightBracket):
      index += 1
    case .keyword(let keyword):
      readKeyword(keyword, in: block, until: end)
    case .identifier where index + 1 < end && tokens[index + 1].is(.colon):
      let node = add(.label, in: block)
      statements[node].name = Int32(index)
      index += 2
      finish(node)
    case .identifier, .number, .character, .string, .punctuator, .unknown:
      readSimple(in: block, until: end)
    }
  }

  private mutating func readKeyword(_ keyword: Keyword, in block: Int32, until end: Int) {
    switch keyword {
    case .if: readIf(in: block, until: end)
    case .for: readHeaded(.for, .forBody, in: block, until: end)
    case .while: readHeaded(.while, .whileBody, in: block, until: end)
    case .switch: readHeaded(.switch, .switchBody, in: block, until: end)
    case .do: readDo(in: block, until: end)
    case .case: readCase(.caseLabel, in: block, until: end)
    case .default: readCase(.defaultLabel, in: block, until: end)
    case .return: readJump(.return, in: block, until: end)
    case .break: readJump(.break, in: block, until: end)
    case .continue: readJump(.continue, in: block, until: end)
    case .goto: readJump(.goto, in: block, until: end)
    case .else: index += 1
    default: readSimple(in: block, until: end)
    }
  }

  /// Too deep: everything to the end of the braces, or of the statement, is one statement without parts.
  private mutating func readOpaque(in block: Int32, until end: Int) {
    let node = add(.expression, in: block)
    while index < end {
      let token = tokens[index]
      index = min(end, (brackets.partner(of: index).map { max($0, index) } ?? index) + 1)
      if token.is(.semicolon) || token.is(.leftBrace) { break }
    }
    finish(node)
  }

  /// The shape of a macro that the file defines; nil for others.
  mutating func macroShape(_ token: Int) -> MacroShapes.Shape? {
    macros.shape(of: String(decoding: word(token), as: UTF8.self))
  }

  func word(_ token: Int) -> ArraySlice<UInt8> { bytes[tokens[token].offset..<tokens[token].endOffset] }

  // MARK: The store

  /// Adds a statement that begins at the current token.
  @discardableResult
  mutating func add(_ kind: Statement.Kind, in block: Int32) -> Int {
    let node = statements.count
    var statement = StatementNode(kind: kind, first: Int32(index), last: Int32(index), block: block)
    statement.previous = blocks[Int(block)].lastStatement
    if statement.previous >= 0 {
      statements[Int(statement.previous)].next = Int32(node)
    } else {
      blocks[Int(block)].firstStatement = Int32(node)
    }
    blocks[Int(block)].lastStatement = Int32(node)
    statements.append(statement)
    return node
  }

  /// Ends a statement before the current token.
  mutating func finish(_ node: Int) {
    statements[node].last = max(statements[node].first, Int32(index) - 1)
  }

  /// Adds a block to a statement's bodies.
  mutating func addBody(_ role: Block.Role, of node: Int) -> Int32 {
    let body = Int32(blocks.count)
    let function = blocks[Int(statements[node].block)].function
    blocks.append(BlockNode(role: role, function: function, owner: Int32(node)))
    if statements[node].lastBody >= 0 {
      blocks[Int(statements[node].lastBody)].nextBody = body
    } else {
      statements[node].firstBody = body
    }
    statements[node].lastBody = body
    return body
  }

  /// Reads the braces at the current token as a body.
  mutating func readBraces(into body: Int32, until end: Int) {
    let close = brackets.partner(of: index) ?? end
    blocks[Int(body)].open = Int32(index)
    blocks[Int(body)].close = close < end ? Int32(close) : -1
    index += 1
    readItems(in: body, until: min(close, end))
    index = min(close + 1, end)
  }

  /// Reads a body: braces, or labels and one statement.
  mutating func readBody(_ role: Block.Role, of node: Int, until end: Int) {
    let body = addBody(role, of: node)
    guard index < end else { return }
    if tokens[index].is(.leftBrace) { return readBraces(into: body, until: end) }
    while index < end {
      let count = statements.count
      readItem(in: body, until: end)
      guard statements.count > count, index < end else { return }
      guard statements[count].kind.isLabel || isAlternative(index, to: count, of: node) else { return }
    }
  }

  /// Whether the statement at the token takes the place of a body in another configuration:
  /// `if (a)`, `#ifdef B`, one statement, `#else`, another, `#endif`.
  private func isAlternative(_ token: Int, to body: Int, of node: Int) -> Bool {
    guard !conditionals.branchChanges.isEmpty else { return false }
    let place = tokens[token].offset
    return conditionals.areAlternatives(tokens[Int(statements[body].first)].offset, place)
      && !conditionals.areAlternatives(tokens[Int(statements[node].first)].offset, place)
  }

  /// Reads blocks inside the expressions of a range: `({ … })` and blocks given to macros.
  mutating func readInnerBlocks(_ range: Range<Int>, of node: Int) {
    let resume = index
    defer { index = resume }
    var next = range.lowerBound
    while let brace = firstInnerBrace(from: next), brace < range.upperBound, depth < Self.depthLimit {
      next = brace + 1
      guard let close = brackets.partner(of: brace), close < range.upperBound else { continue }
      index = brace
      depth += 1
      readBraces(into: addBody(.statementExpression, of: node), until: close + 1)
      depth -= 1
      next = close + 1
    }
  }

  private func firstInnerBrace(from start: Int) -> Int? {
    var low = 0
    var high = innerBraces.count
    while low < high {
      let middle = (low + high) / 2
      if innerBraces[middle] < start { low = middle + 1 } else { high = middle }
    }
    return low < innerBraces.count ? innerBraces[low] : nil
  }
}

extension Statement.Kind {
  var isLabel: Bool { self == .caseLabel || self == .defaultLabel || self == .label }
}
