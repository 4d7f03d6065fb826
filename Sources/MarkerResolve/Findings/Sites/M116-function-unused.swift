public import MarkerScan

extension FindingKind {
  /// A function without code.
  public static let functionUnused = FindingKind(
    "M116", "function-unused", .warning,
    summary: "the marker's function has no code in the image",
    explanation: """
      The function is described, but it has no body: it was never called here, all its calls were removed, or
      it was inlined into code that was removed. The marker is never reached.

      ## Example

          static inline void unused(void) { MARKER(never); }

      in a header is described in some units, and called in none.
      """)
}
