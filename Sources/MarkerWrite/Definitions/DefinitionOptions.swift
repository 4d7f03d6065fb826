/// What is written beside the markers whose status is `ok`.
public struct DefinitionOptions: Sendable {
  /// Whether markers and arguments with a named doubt are written, with the doubt as a comment.
  public var includesApproximate: Bool
  /// Whether the definition of a refused site is kept as a comment.
  public var keepsRefused: Bool
  /// The sites that the kernel refuses, by link address: why, one sentence, lower case.
  public var refusals: [UInt64: String]

  public init(
    includesApproximate: Bool = false, keepsRefused: Bool = false, refusals: [UInt64: String] = [:]
  ) {
    self.includesApproximate = includesApproximate
    self.keepsRefused = keepsRefused
    self.refusals = refusals
  }
}
