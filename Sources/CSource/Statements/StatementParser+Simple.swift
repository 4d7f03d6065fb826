extension StatementParser {
  /// Reads an expression statement, a declaration, or a use of a macro: whatever begins with no statement's word.
  mutating func readSimple(in block: Int32, until end: Int) {
    let start = index
    if startsDeclaration(start, until: end) {
      return readToSemicolon(.declaration, in: block, until: end)
    }
    guard tokens[start].isIdentifier, start + 1 < end else {
      return readToSemicolon(.expression, in: block, until: end)
    }
    if tokens[start + 1].is(.semicolon), word(start).elementsEqual("fallthrough".utf8) {
      return readToSemicolon(.empty, in: block, until: end)
    }
    if tokens[start + 1].is(.leftBrace) {
      return readMacroBlock(nameAt: start, bodyAt: start + 1, in: block, until: end)
    }
    guard tokens[start + 1].is(.leftParenthesis), let close = brackets.partner(of: start + 1), close < end
    else {
      if isAlone(start, until: end) { return readMacro(.macro, to: start, in: block) }
      return readToSemicolon(.expression, in: block, until: end)
    }
    readMacroOrCall(start, close, in: block, until: end)
  }

  /// Reads what begins with `name(…)`; `close` is the closing parenthesis.
  private mutating func readMacroOrCall(_ start: Int, _ close: Int, in block: Int32, until end: Int) {
    let isMarker = markers.matches(word(start))
    let next = close + 1
    let followsSemicolon = next < end && tokens[next].is(.semicolon)
    if isMarker && (followsSemicolon || use(start, close, until: end) != .expression) {
      return readMacro(.marker, to: followsSemicolon ? next : close, in: block)
    }
    let use = use(start, close, until: end)
    switch use == .expression ? nil : macroShape(start) {
    case .caseLabel: return readMacroLabel(.caseLabel, start, close, in: block)
    case .label: return readMacroLabel(.label, start, close, in: block)
    case .loop: return readMacroBlock(nameAt: start, bodyAt: next, in: block, until: end)
    case .other, nil: break
    }
    switch use {
    case .expression: readToSemicolon(.expression, in: block, until: end)
    case .declaration: readToSemicolon(.declaration, in: block, until: end)
    case .invocation: readMacro(.macro, to: close, in: block)
    case .head: readMacroBlock(nameAt: start, bodyAt: next, in: block, until: end)
    }
  }

  /// What `name(…)` is, by what follows it.
  private enum MacroUse {
    /// A call, or the start of a larger expression.
    case expression
    /// A type made by a macro: `STACK_OF(X) *sk;`
    case declaration
    /// A statement of its own, its semicolon within the macro.
    case invocation
    /// The head of a loop or another statement with a body.
    case head
  }

  private func use(_ start: Int, _ close: Int, until end: Int) -> MacroUse {
    let next = close + 1
    guard next < end else { return .invocation }
    let isOnLaterLine = tokens[next].line > tokens[close].line
    switch tokens[next].kind {
    case .punctuator(.leftBrace): return .head
    case .punctuator(.rightBrace): return .invocation
    case .punctuator(.star) where declaresPointer(next, until: end):
      return isOnLaterLine ? byLayout(start, next) : .declaration
    case .punctuator(.increment), .punctuator(.decrement), .punctuator(.star), .punctuator(.leftParenthesis):
      return isOnLaterLine && isLoopName(start) ? .head : .expression
    case .punctuator, .unknown, .string: return .expression
    case .identifier where !isOnLaterLine && !isLoopName(start):
      return next + 1 < end && endsDeclarator(next + 1) ? .declaration : .invocation
    case .keyword(let keyword) where !isOnLaterLine && !isLoopName(start):
      return keyword.beginsStatement ? .head : .declaration
    case .identifier, .keyword, .number, .character:
      return isOnLaterLine ? byLayout(start, next) : .head
    }
  }

  /// A body is indented deeper than its head.
  private func byLayout(_ start: Int, _ next: Int) -> MacroUse {
    isIndentedDeeper(next, than: start) || isLoopName(start) ? .head : .invocation
  }

  private func isIndentedDeeper(_ token: Int, than other: Int) -> Bool {
    indentation(token) > indentation(other)
  }

  /// The column where the token's line begins to hold text, tabs counting eight.
  private func indentation(_ token: Int) -> Int {
    var column = 0
    for byte in bytes[lines.offset(ofLine: tokens[token].line)..<tokens[token].offset] {
      if byte == 9 {
        column = (column / 8 + 1) * 8
      } else if byte == UInt8(ascii: " ") {
        column += 1
      } else {
        break
      }
    }
    return column
  }

  /// `list_for_each_entry`, `FOR_EACH_BIT`, `skb_queue_walk`, `do_each_thread` and their like, and `while_…`.
  private func isLoopName(_ token: Int) -> Bool {
    let name = word(token)
    if Self.loopPrefixes.contains(where: { isSpelled($0, at: name.startIndex, in: name) }) { return true }
    for start in name.indices where name[start] | 0x20 == UInt8(ascii: "f") {
      if Self.loopInfixes.contains(where: { isSpelled($0, at: start, in: name) }) { return true }
    }
    return false
  }

  private static let loopPrefixes = ["for_", "while_"].map { Array($0.utf8) }
  private static let loopInfixes = ["for_each", "foreach", "do_each", "_walk"].map { Array($0.utf8) }

  /// Whether the lower-case spelling stands at the offset, in either case.
  private func isSpelled(_ spelling: [UInt8], at start: Int, in name: ArraySlice<UInt8>) -> Bool {
    guard name.endIndex - start >= spelling.count else { return false }
    return spelling.indices.allSatisfy { index in
      let byte = name[start + index]
      return byte == spelling[index] || byte | 0x20 == spelling[index]
    }
  }

  /// A word alone on its line, with no deeper line below it: a macro without parentheses and semicolon.
  private func isAlone(_ start: Int, until end: Int) -> Bool {
    let next = start + 1
    guard next < end, tokens[next].line > tokens[start].line, !isIndentedDeeper(next, than: start) else {
      return false
    }
    switch tokens[next].kind {
    case .identifier, .keyword: return true
    case .number, .character, .string, .punctuator, .unknown: return false
    }
  }

  // MARK: Reading

  private mutating func readMacro(_ kind: Statement.Kind, to last: Int, in block: Int32) {
    let node = add(kind, in: block)
    statements[node].name = Int32(index)
    index = last + 1
    readInnerBlocks(Int(statements[node].first)..<index, of: node)
    finish(node)
  }

  private mutating func readMacroLabel(_ kind: Statement.Kind, _ start: Int, _ close: Int, in block: Int32) {
    let node = add(kind, in: block)
    statements[node].name = Int32(start)
    if close > start + 2 {
      statements[node].headFirst = Int32(start + 2)
      statements[node].headLast = Int32(close - 1)
    }
    index = close + 1
    finish(node)
  }

  private mutating func readMacroBlock(nameAt start: Int, bodyAt body: Int, in block: Int32, until end: Int) {
    let isLoop = isLoopName(start) || macroShape(start) == .loop
    let node = add(isLoop ? .macroLoop : .macroBlock, in: block)
    statements[node].name = Int32(start)
    if body - 2 >= start + 2 {
      statements[node].headFirst = Int32(start + 2)
      statements[node].headLast = Int32(body - 2)
      readInnerBlocks(start..<body, of: node)
    }
    index = body
    readBody(isLoop ? .macroLoopBody : .macroBlockBody, of: node, until: end)
    finish(node)
  }

  /// Reads to the semicolon, or to where the statement must have ended without one.
  private mutating func readToSemicolon(_ kind: Statement.Kind, in block: Int32, until end: Int) {
    let node = add(kind, in: block)
    let start = index
    let isAssembly = tokens[start].is(.asm)
    var hasAssignment = false
    scan: while index < end {
      switch tokens[index].kind {
      case .punctuator(.semicolon):
        index += 1
        break scan
      case .punctuator(.rightBrace) where index > start: break scan
      case .keyword(let keyword) where index > start && keyword.beginsStatement && !isAssembly: break scan
      case .punctuator(.leftBrace) where kind == .declaration && !hasAssignment && opensFunction(index):
        index = min(end, (brackets.partner(of: index) ?? index) + 1)
        break scan
      default:
        hasAssignment = hasAssignment || tokens[index].is(.assign)
        index = min(end, (brackets.partner(of: index).map { max($0, index) } ?? index) + 1)
      }
    }
    readInnerBlocks(start..<index, of: node)
    finish(node)
  }

  /// A GNU nested function, or what looks like one because a brace is missing before it.
  private func opensFunction(_ brace: Int) -> Bool { brace > 0 && tokens[brace - 1].is(.rightParenthesis) }
}
