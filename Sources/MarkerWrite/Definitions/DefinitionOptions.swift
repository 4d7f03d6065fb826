/// What is written beside the markers whose status is `ok`.
public struct DefinitionOptions: Sendable {
  /// Whether markers and arguments with a named doubt are written, with the doubt as a comment.
  public var includesApproximate: Bool
  /// Whether the definition of a refused site is kept as a comment.
  public var keepsRefused: Bool
  /// What the kernel makes of a probe at a site, by link address; a site without an entry is taken to be accepted.
  public var verdicts: [UInt64: SiteVerdict]

  public init(
    includesApproximate: Bool = false, keepsRefused: Bool = false, verdicts: [UInt64: SiteVerdict] = [:]
  ) {
    self.includesApproximate = includesApproximate
    self.keepsRefused = keepsRefused
    self.verdicts = verdicts
  }
}
