extension FindingKind {
  /// The same marker, found again.
  public static let duplicateRecord = FindingKind(
    "M004", "duplicate-record", .note,
    summary: "the same marker was found more than once",
    explanation: """
      Two records agree in provider, name, file, line and captures. They are one marker and are treated so.

      In an image this is ordinary: a marker in a header is recorded by every object that includes it, and clang's
      records are not merged when the image is linked. In a marker list it is a repeated line, which can go.

      ## Example

          markers scan clang-built/vmlinux

      finds a marker of `skbuff.h` once for each object that includes it. There is nothing to do.
      """)
}
