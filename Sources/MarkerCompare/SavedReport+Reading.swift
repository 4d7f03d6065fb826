import FoundationEssentials
public import MarkerScan
public import SystemPackage

extension SavedReport {
  /// The version of the form that is read.
  private static let knownVersion = 1

  /// Reads a saved report.
  ///
  /// - Throws: when the text is no such report, or of a later version.
  public init(json bytes: [UInt8], path: FilePath) throws(InputError) {
    do {
      self = try JSONDecoder().decode(SavedReport.self, from: Data(bytes))
    } catch {
      throw InputError(
        operation: "read the report", path: path, reason: Self.words(error),
        remedy: "write it with 'markers resolve --format json'")
    }
    guard version == Self.knownVersion else {
      throw InputError(
        operation: "read the report", path: path, reason: "it is of version \(version)",
        remedy: "use a newer markers to read this file")
    }
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another type"
    default: "it is no JSON"
    }
  }
}
