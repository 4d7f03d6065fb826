/// The part of C that a marker's captured expression may use, as a tree.
///
/// Evaluated by the resolver against DWARF types; side effects and calls are not expressible.
public indirect enum Expression: Sendable, Hashable {
  /// A name looked up by C scope: local, parameter, static, global.
  case variable(String)
  /// An integer or character constant.
  case integer(Int64)
  /// `base.name`
  case member(Expression, String)
  /// `base->name`
  case arrow(Expression, String)
  /// `base[index]`, index a constant.
  case element(Expression, Int64)
  /// `*operand`
  case dereference(Expression)
  /// `&operand`
  case addressOf(Expression)
  /// `(type)operand`
  case cast(TypeName, Expression)
  /// `container_of(pointer, type, member)`; also `list_entry`, `hlist_entry`, `rb_entry`, which are the same.
  case containerOf(Expression, TypeName, String)
}

/// A C type name as written in a cast: `struct foo *`, `unsigned long`, `u32`.
public struct TypeName: Sendable, Hashable {
  public enum Tag: String, Sendable {
    case structure = "struct"
    case union = "union"
    case enumeration = "enum"
  }
  /// The tag keyword, nil for a base type or typedef name.
  public let tag: Tag?
  /// The name without tag and qualifiers, words joined by one space ("unsigned long").
  public let name: String
  /// How many `*` follow.
  public let pointerDepth: Int

  public init(tag: Tag?, name: String, pointerDepth: Int) {
    self.tag = tag
    self.name = name
    self.pointerDepth = pointerDepth
  }
}
