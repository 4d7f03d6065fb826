/// The findings that a marker allows: `MARKER_ALLOW(M304, may-fault)`, in a record or a list `@allow=M304,may-fault`.
enum Allowances {
  /// What the field begins with.
  static let prefix = "@allow="

  /// The codes and names of a field; nil when the field is none of this kind.
  static func read(_ field: String) -> [String]? {
    guard field.hasPrefix(prefix) else { return nil }
    return split(field.dropFirst(prefix.count))
  }

  /// Codes and names between commas.
  static func split(_ text: Substring) -> [String] {
    text.split { $0 == "," || $0 == " " }.map(String.init)
  }
}
