public import MarkerScan

extension FindingKind {
  /// C that a probe cannot evaluate.
  public static let unsupportedExpression = FindingKind(
    "M208", "unsupported-expression", .error,
    summary: "the expression uses C that a marker cannot capture",
    explanation: """
      A capture may name variables and use `->`, `.`, `[constant]`, `*`, `&`, casts to pointers and to
      integers, and `container_of()`. Arithmetic, calls, comparisons, variable indexes and `sizeof` need code,
      which a marker has none of.

      Capture the operands.

      ## Example

          end - start

      should be two captures, `end` and `start`.
      """)
}
