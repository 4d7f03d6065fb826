public import MarkerScan

extension FindingKind {
  /// One probe stands among the bytes that another replaces.
  public static let probesOverlap = FindingKind(
    "M306", "probes-overlap", .note,
    summary: "two probes stand so close that the kernel does not optimise one of them while both are armed",
    explanation: """
      An optimised probe replaces whole instructions of at least five bytes (x86) by a jump. While another probe is
      armed among these bytes the kernel leaves the first as a trap.

      ## Example

          the probe at 'ext4_free_inode+0x17a' is not optimised while the one at 'ext4_free_inode+0x17d' is armed

      Enable one of the two events, or move a marker by a statement.
      """)
}

extension Finding {
  /// - Parameters:
  ///   - place: the site that loses its jump.
  ///   - other: the site among its replaced bytes.
  public static func probesOverlap(at place: String, other: String) -> Finding {
    Finding(
      .probesOverlap, "the probe at '\(place)' is not optimised while the one at '\(other)' is armed",
      help: "enable one of the two events, or move one of the markers by a statement")
  }
}
