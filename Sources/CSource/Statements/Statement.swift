/// A statement of a function's body, as it stands in the source before macros are expanded.
public struct Statement: Sendable, Hashable {
  public enum Kind: Sendable, Hashable, CaseIterable {
    case expression
    /// A declaration in a block; `hasInitializer` tells whether it runs code.
    case declaration
    case `if`, `for`, `while`, doWhile, `switch`
    /// `case 1:`, a statement of its own before the one that it labels.
    case caseLabel
    case defaultLabel
    /// `out:`, a statement of its own before the one that it labels.
    case label
    case `return`, `break`, `continue`, goto
    /// `{ … }` that is no body of another statement.
    case compound
    /// `;`, or the kernel's `fallthrough;`
    case empty
    /// A macro with a body that is a loop by its name or definition: `list_for_each_entry(a, b, c) …`
    case macroLoop
    /// A macro with a body that may be anything: `scoped_guard(mutex, &m) …`
    case macroBlock
    /// A macro without a semicolon and without a body.
    case macro
    /// A marker, with its semicolon when it has one.
    case marker
  }

  let file: SourceFile
  let index: Int

  private var node: StatementNode { file.statements[index] }

  public var kind: Kind { node.kind }

  /// All of the statement: with its bodies and its semicolon.
  public var extent: SourceExtent { file.extent(node.first, node.last) }

  /// The controlling expression of `if`, `while`, `do`, `switch`, `for` and macros with a body, without its
  /// parentheses; the value of a case label; nil when there is none or it is empty.
  public var head: SourceExtent? { file.optionalExtent(node.headFirst, node.headLast) }

  /// The three parts of a `for` head; nil for other statements and for a head without its two semicolons.
  public var forHead: ForHead? { kind == .for ? ForHead(file, node.headFirst, node.headLast) : nil }

  /// The name of a label, the target of a goto, the name of a macro or marker (for a label made by a macro, of
  /// that macro); nil for other statements.
  public var name: String? { node.name >= 0 ? file.text(Int(node.name)) : nil }

  /// The block that the statement is a direct part of.
  public var block: Block { Block(file: file, index: Int(node.block)) }

  /// The blocks that are direct parts of the statement, in source order: the branches of an `if`, the body of a
  /// loop, and blocks within its expressions (statement expressions, blocks given to a macro).
  public var bodies: [Block] {
    var bodies: [Block] = []
    var next = node.firstBody
    while next >= 0 {
      bodies.append(Block(file: file, index: Int(next)))
      next = file.blocks[Int(next)].nextBody
    }
    return bodies
  }

  /// The next statement of the same block, markers included; nil for the last.
  public var next: Statement? { node.next >= 0 ? Statement(file: file, index: Int(node.next)) : nil }

  /// The statement before it in the same block, markers included; nil for the first.
  public var previous: Statement? {
    node.previous >= 0 ? Statement(file: file, index: Int(node.previous)) : nil
  }

  /// Whether it is `case`, `default` or a name before a colon: a place that jumps lead to.
  public var isLabel: Bool {
    switch kind {
    case .caseLabel, .defaultLabel, .label: true
    case .expression, .declaration, .if, .for, .while, .doWhile, .switch, .return, .break, .continue, .goto,
      .compound, .empty, .macroLoop, .macroBlock, .macro, .marker:
      false
    }
  }

  /// The innermost preprocessor branch that the statement begins in, as a number without meaning of its own; nil
  /// outside of conditionals. Of two statements with different numbers one may be missing from a build.
  public var conditionalBranch: Int? { file.conditionals.branch(at: extent.start.offset) }

  public static func == (left: Self, right: Self) -> Bool {
    left.file === right.file && left.index == right.index
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(index)
  }
}

/// The parts of a `for` statement's head; each is nil when it is empty.
public struct ForHead: Sendable, Hashable {
  public let initialization: SourceExtent?
  public let condition: SourceExtent?
  public let step: SourceExtent?

  init?(_ file: SourceFile, _ first: Int32, _ last: Int32) {
    guard first >= 0, last >= first else { return nil }
    var semicolons: [Int32] = []
    var index = first
    while index <= last {
      if file.tokens[Int(index)].is(.semicolon) { semicolons.append(index) }
      index = max(index, Int32(file.brackets.partner(of: Int(index)) ?? 0)) + 1
    }
    guard semicolons.count == 2 else { return nil }
    initialization = file.optionalExtent(first, semicolons[0] - 1)
    condition = file.optionalExtent(semicolons[0] + 1, semicolons[1] - 1)
    step = file.optionalExtent(semicolons[1] + 1, last)
  }
}
