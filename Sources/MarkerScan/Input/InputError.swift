public import SystemPackage

/// Why a text input (a marker list, a source file or tree) cannot be read.
public struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was being done, as a verb phrase: "open", "read".
  public let operation: String
  public let path: FilePath
  /// The offset in bytes where it went wrong; nil when there is none to name.
  public let offset: UInt64?
  /// What is wrong, lower case, no full stop.
  public let reason: String
  /// What the user can do about it; nil when there is nothing to do.
  public let remedy: String?

  public init(
    operation: String, path: FilePath, offset: UInt64? = nil, reason: String, remedy: String? = nil
  ) {
    self.operation = operation
    self.path = path
    self.offset = offset
    self.reason = reason
    self.remedy = remedy
  }

  public var description: String {
    let place = offset.map { " at offset 0x" + String($0, radix: 16) } ?? ""
    let help = remedy.map { "; " + $0 } ?? ""
    return "\(path): cannot \(operation)\(place): \(reason)\(help)"
  }
}
