public import MarkerScan

extension FindingKind {
  /// A unit whose split DWARF file cannot be read.
  public static let splitFileMissing = FindingKind(
    "M123", "split-file-missing", .error,
    summary: "the debugging information of the marker's file lies in a split file that cannot be found",
    explanation: """
      With `-gsplit-dwarf` the image holds only line tables and the names of `.dwo` files, which hold functions,
      variables and types. A `.dwo` file is looked for beside the image and in the directory of the compilation,
      under the name that the image gives; one with another id, from another build, is not taken. A package of
      them (`.dwp`) is not read; a note names the one that lies beside the image.

      - Keep the `.dwo` files where the compiler wrote them, or beside the image.
      - Build without `-gsplit-dwarf`; the kernel does so unless `CONFIG_DEBUG_INFO_SPLIT` is set.

      ## Example

          error: marker 'demo:step': the debugging information of 'step.c' lies in 'step.dwo', which cannot be found
      """)
}
