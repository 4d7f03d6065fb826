public import MarkerScan

extension FindingKind {
  /// An expression that does not fit the types.
  public static let typeMismatch = FindingKind(
    "M207", "type-mismatch", .error,
    summary: "the expression does not fit the types of its parts",
    explanation: """
      C would not take the expression, or it is no scalar in the end: `.` on a pointer, `->` on a structure,
      `*` of an integer, a whole structure, more bits than the value has, a type name that the image lacks.
      The message says which.

      ## Example

          file.f_pos

      where `file` is a pointer. It should be `file->f_pos`.
      """)
}
