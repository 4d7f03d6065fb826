public import MarkerScan

extension FindingKind {
  /// A member that the structure lacks.
  public static let unknownMember = FindingKind(
    "M206", "unknown-member", .error,
    summary: "a structure or union has no member of the name",
    explanation: """
      The type is known in full and has no such member, also not in its anonymous structures and unions.
      Members come and go with the configuration and between kernel versions.

      The message names what looks like it. `pahole -C TYPE vmlinux` prints the type.

      ## Example

          file->f_pth

          error: 'file->f_pth' has no value: 'struct file' has no member 'f_pth' [M206]
            help: did you mean 'f_path'?
      """)
}
