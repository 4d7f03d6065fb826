public import MarkerScan

extension FindingKind {
  /// A value read through a pointer.
  public static let mayFault = FindingKind(
    "M211", "may-fault", .note,
    summary: "a value is read through a pointer, which may not be valid at the marker",
    explanation: """
      The fetch argument follows a pointer. If the pointer is `NULL`, freed or an error value (`ERR_PTR`) when
      the marker is reached, the kernel cannot read there. It does not crash: a string is shown as `(fault)`,
      but a number keeps what was left in the trace buffer before (`store_trace_args` in
      kernel/trace/trace_probe_tmpl.h does not clear it), so it is wrong.

      Where this matters, capture the pointer itself as well, and put the marker behind the test that the code
      makes.

      ## Example

          MARKER(open, file->f_inode->i_ino, file);

      reads two pointers for the first value and none for the second.
      """)
}
