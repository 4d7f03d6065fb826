/// A statement in the flat store of a `SourceFile`; indexes are into the tables of that file, -1 is none.
///
/// A flat store and not a tree of values: hostile nesting then costs no stack, neither to walk nor to free.
struct StatementNode {
  var kind: Statement.Kind
  /// The first and the last token.
  var first: Int32
  var last: Int32
  /// The block that holds the statement.
  var block: Int32
  var previous: Int32 = -1
  var next: Int32 = -1
  /// The controlling expression's tokens, without parentheses.
  var headFirst: Int32 = -1
  var headLast: Int32 = -1
  /// The label, the macro or the target of a goto.
  var name: Int32 = -1
  var firstBody: Int32 = -1
  var lastBody: Int32 = -1
}

/// A block in the flat store of a `SourceFile`.
struct BlockNode {
  var role: Block.Role
  var function: Int32
  /// The statement whose body it is; -1 for a function's body.
  var owner: Int32
  /// The braces; -1 when the body is a statement without braces, or the brace is missing.
  var open: Int32 = -1
  var close: Int32 = -1
  var firstStatement: Int32 = -1
  var lastStatement: Int32 = -1
  /// The owner's next body.
  var nextBody: Int32 = -1
}

/// A function in the flat store of a `SourceFile`.
struct FunctionNode {
  /// The first token of the definition, specifiers included.
  var first: Int32
  /// The token that names it; -1 when none does.
  var name: Int32
  /// The parentheses behind the name; -1 when there are none.
  var parameters: Int32
  var body: Int32
}
