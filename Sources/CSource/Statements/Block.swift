/// A run of statements: a function's body, a branch, a loop's body, with or without braces.
public struct Block: Sendable, Hashable {
  /// What the block is the body of.
  public enum Role: Sendable, Hashable, CaseIterable {
    case function
    case thenBranch, elseBranch
    case forBody, whileBody, doBody, switchBody
    /// The body of a macro that is known for a loop, such as `list_for_each_entry(…)`.
    case macroLoopBody
    /// The body of a macro that may be anything.
    case macroBlockBody
    /// `{ … }` among other statements.
    case compound
    /// `({ … })`, or a block that is an argument of a macro.
    case statementExpression

    /// Whether control returns to the head behind the last statement; unknown for a macro's body, and
    /// false there.
    public var isLoop: Bool {
      switch self {
      case .forBody, .whileBody, .doBody, .macroLoopBody: true
      case .function, .thenBranch, .elseBranch, .switchBody, .compound, .statementExpression,
        .macroBlockBody:
        false
      }
    }
  }

  let file: SourceFile
  let index: Int

  private var node: BlockNode { file.blocks[index] }

  public var role: Role { node.role }

  /// Whether braces enclose it; a body without braces holds one statement and the labels before it.
  public var isBraced: Bool { node.open >= 0 }

  /// From brace to brace, or the statements when there are no braces; nil for a body that is missing.
  public var extent: SourceExtent? {
    let last = node.lastStatement >= 0 ? file.statements[Int(node.lastStatement)].last : node.open
    if node.open >= 0 { return file.extent(node.open, max(node.close, last)) }
    guard node.firstStatement >= 0 else { return nil }
    return file.extent(file.statements[Int(node.firstStatement)].first, last)
  }

  /// The direct statements, in source order, markers included.
  public var statements: [Statement] {
    var statements: [Statement] = []
    var next = node.firstStatement
    while next >= 0 {
      statements.append(Statement(file: file, index: Int(next)))
      next = file.statements[Int(next)].next
    }
    return statements
  }

  /// The statement that the block is a part of; nil for a function's body.
  public var owner: Statement? { node.owner >= 0 ? Statement(file: file, index: Int(node.owner)) : nil }

  public var function: FunctionBody { FunctionBody(file: file, index: Int(node.function)) }

  public static func == (left: Self, right: Self) -> Bool {
    left.file === right.file && left.index == right.index
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(index)
  }
}

/// A function with a body.
public struct FunctionBody: Sendable, Hashable {
  let file: SourceFile
  let index: Int

  private var node: FunctionNode { file.functions[index] }

  /// The name that the definition gives; a macro's name when a macro makes the definition, as in
  /// `SYSCALL_DEFINE3(read, …)`; empty when none was found.
  public var name: String { node.name >= 0 ? file.text(Int(node.name)) : "" }

  /// The first identifier in the parentheses behind the name: "read" of `SYSCALL_DEFINE3(read, …)`; for a plain
  /// function a part of its first parameter; nil when there is none.
  public var firstArgument: String? {
    guard node.parameters >= 0 else { return nil }
    let first = Int(node.parameters) + 1
    return first < file.tokens.count && file.tokens[first].isIdentifier ? file.text(first) : nil
  }

  /// From the first specifier to the closing brace.
  public var extent: SourceExtent {
    let body = file.blocks[Int(node.body)]
    let last = body.lastStatement >= 0 ? file.statements[Int(body.lastStatement)].last : body.open
    return file.extent(node.first, max(body.close, last))
  }

  public var body: Block { Block(file: file, index: Int(node.body)) }

  /// The innermost preprocessor branch that the function begins in, as that of a statement.
  public var conditionalBranch: Int? { file.conditionals.branch(at: extent.start.offset) }

  public static func == (left: Self, right: Self) -> Bool {
    left.file === right.file && left.index == right.index
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(index)
  }
}
