/// One marker as it was written: who provides it, where it stands, what it asks for.
public struct MarkerRecord: Sendable, Hashable {
  /// The provider: module or `MARKER_PROVIDER`; a C identifier after decoding.
  public let provider: String
  /// The marker's name, a C identifier.
  public let name: String
  /// The source file as the compiler or the list names it, never resolved against the host.
  public let file: String
  /// The 1-based source line of the marker itself.
  public let line: Int
  public let captures: [Capture]
  /// The findings that the marker itself allows, by code or name as written (`MARKER_ALLOW`); may be empty.
  public let allowances: [String]
  public let origin: RecordOrigin

  public init(
    provider: String, name: String, file: String, line: Int, captures: [Capture], allowances: [String] = [],
    origin: RecordOrigin
  ) {
    self.provider = provider
    self.name = name
    self.file = file
    self.line = line
    self.captures = captures
    self.allowances = allowances
    self.origin = origin
  }
}

/// Where a record was found.
public enum RecordOrigin: Sendable, Hashable {
  /// In a section of an ELF image, `offset` bytes from its start.
  case section(image: String, section: String, offset: UInt64)
  /// On a line of a marker list, 1-based.
  case list(path: String, line: Int)
  /// In C source, 1-based line and column.
  case source(path: String, line: Int, column: Int)
}
