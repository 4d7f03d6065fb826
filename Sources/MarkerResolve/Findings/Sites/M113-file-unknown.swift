public import MarkerScan

extension FindingKind {
  /// A file that nothing was compiled from.
  public static let fileUnknown = FindingKind(
    "M113", "file-unknown", .error,
    summary: "no code of the image was compiled from the marker's file",
    explanation: """
      No line table of the image names the file. Paths are compared by whole components from the end, so
      `fs/read_write.c` matches `/build/linux/fs/read_write.c`, and `write.c` does not match `read_write.c`.

      - The file may belong to a module: give the module's `.ko`.
      - The option that compiles it may be off in this kernel.
      - The image may carry no debugging information for it: assembler, or an object built without `-g`.
      - A file that is built out of tree is known by the path that the compiler saw.

      ## Example

          block:ram  drivers/block/brd.c:100

      is not part of vmlinux when `brd` is a module: `markers resolve brd.ko --markers LIST`.
      """)
}
