extension FindingKind {
  /// A marker that a macro makes.
  public static let sourceMarkerInMacro = FindingKind(
    "M014", "source-marker-in-macro", .note,
    summary: "a marker stands in the definition of a macro",
    explanation: """
      A marker in a macro's definition is a marker wherever the macro is used, on the line of the use. Reading the
      source alone does not tell these places; an image that was built with the markers records them.

      ## Example

          #define submit(request) do { MARKER(submit, request->id); queue(request); } while (0)

      Scan the image (`markers scan vmlinux`), or list the places of the uses in a marker list.
      """)
}
