public import MarkerScan

extension FindingKind {
  /// A path that fits several files.
  public static let fileAmbiguous = FindingKind(
    "M114", "file-ambiguous", .error,
    summary: "several files of the image fit the marker's path equally well",
    explanation: """
      The path of the marker is the end of several paths in the image, with the same number of components
      before it. Which one is meant cannot be known, and no guess is made.

      Write more of the path: `core/main.c` instead of `main.c`.

      ## Example

          kernel:boot  main.c:900

      fits `init/main.c` and `kernel/power/main.c`. It should be

          kernel:boot  init/main.c:900
      """)
}
