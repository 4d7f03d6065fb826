public import MarkerScan

extension FindingKind {
  /// A marker that the compiler made several copies of within one body.
  public static let duplicatedCode = FindingKind(
    "M101", "duplicated-code", .note,
    summary: "the statement at the marker was copied within its function, and each copy is probed",
    explanation: """
      The optimiser made several copies of the code at the marker: it unrolled a loop, threaded a jump past a
      test, or duplicated the tail of a block so that two paths need not meet. Each run of the marker passes
      exactly one of the copies, so all of them are probed and their hits are added up in one event.

      There is nothing to do. `markers resolve` lists the addresses. Copies at which a value lives elsewhere
      have fetch arguments of their own.

      ## Example

          for (i = 0; i < 4; i++)
                  MARKER(step, i);

      unrolled four times is four places in the code, and one event.
      """)
}
