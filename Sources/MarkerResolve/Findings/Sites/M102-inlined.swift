public import MarkerScan

extension FindingKind {
  /// A marker in a function that was inlined.
  public static let inlined = FindingKind(
    "M102", "inlined", .note,
    summary: "the marker's function was inlined, and each inlined copy is probed",
    explanation: """
      The marker's function has no single body: the compiler put its code into its callers. `perf` and ftrace
      miss such functions by name. Each inlined copy is probed; where an out-of-line body exists as well, it
      is probed too.

      There is nothing to do. The copies share one event unless their arguments differ. To tell the copies
      apart, look at the address of a hit, or at `inline_chain` in the JSON. A function that should stay in
      one piece can be declared `noinline`, which changes the code.

      ## Example

          static inline bool fits(int n) { MARKER(check, n); return n < 8; }

      called from three functions has three places, and one event.
      """)
}
