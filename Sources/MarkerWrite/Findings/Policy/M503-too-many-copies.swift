public import MarkerScan

extension FindingKind {
  /// A marker has more copies than a policy allows.
  public static let tooManyCopies = FindingKind(
    "M503", "too-many-copies", .error,
    summary: "the marker has more copies than a policy allows",
    explanation: """
      A policy with `max-copies` in `.markers.toml` selects the marker, and the compiler made more copies of it: by
      inlining, cloning or unrolling. Each copy is a probe of its own, which costs memory and time to enable.

      ## Example

          [[policy]]
          files = ["include/**"]
          max-copies = 8

      and a marker in a `static inline` function with thirty callers. Mark a function that is not inlined, or raise
      the limit.
      """)
}

extension Finding {
  static func tooManyCopies(_ places: [String], limit: Int) -> Finding {
    let more = places.count > 4 ? [" and \(places.count - 4) more"] : []
    return Finding(
      .tooManyCopies, "the marker has \(places.count) places, and a policy allows \(limit)",
      notes: ["they are \(places.prefix(4).joined(separator: ", "))\(more.joined())"],
      help: "mark a function that is not inlined")
  }
}
