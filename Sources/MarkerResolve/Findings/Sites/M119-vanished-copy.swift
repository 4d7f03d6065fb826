public import MarkerScan

extension FindingKind {
  /// An inlined copy that left no trace.
  public static let vanishedCopy = FindingKind(
    "M119", "vanished-copy", .warning,
    summary: "the marker's function was inlined somewhere without a trace, so hits may be missing",
    explanation: """
      A caller of the marker's function neither calls it nor has an inlined body of it with code: what was
      left of the body was merged into the caller's own code. Runs of the marker there are not counted. Of code
      made by clang the tool reads the callers' source: a call that is written there, directly or in a macro, and
      left nothing on its line.

      ## Example

          static inline int id(struct x *x) { MARKER(id, x); return x->id; }

      in a caller that compares `id(a) == id(b)` may leave two loads and nothing that belongs to `id()`.
      """)
}
