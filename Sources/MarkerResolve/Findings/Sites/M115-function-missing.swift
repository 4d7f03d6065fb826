public import MarkerScan

extension FindingKind {
  /// A line outside of all functions.
  public static let functionMissing = FindingKind(
    "M115", "function-missing", .error,
    summary: "the marker's line is in no function that the image has",
    explanation: """
      The file was compiled, but none of its functions holds the line: the line is outside of all functions,
      the function is under a conditional (`#ifdef`) that is off in this kernel, or it is a `static` or inline
      function that is called nowhere and was left out.

      Check that the source and the image are of the same version: the build id of the image tells which build
      it is.

      ## Example

          fs:read  fs/read_write.c:12

      names a line among the `#include`s.
      """)
}
