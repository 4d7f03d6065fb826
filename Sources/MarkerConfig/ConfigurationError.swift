public import SystemPackage

/// Why a configuration or baseline file cannot be used, with the place in it.
public struct ConfigurationError: Error, CustomStringConvertible {
  public let path: FilePath
  /// 1-based.
  public let line: Int
  /// 1-based, in characters.
  public let column: Int
  /// One sentence, lower case, no full stop.
  public let reason: String

  init(path: FilePath, place: TextPlace, reason: String) {
    self.path = path
    line = place.line
    column = place.column
    self.reason = reason
  }

  /// In the form of a compiler.
  public var description: String { "\(path):\(line):\(column): error: \(reason)" }
}
