import Mustache

/// Escapes text for HTML scalar by scalar.
///
/// The library's own escaping goes by grapheme clusters, in which a `<` behind U+0600, or a `"` before U+0301, is no
/// `<` and no `"`, while a browser reads scalars.
struct ScalarEscaping: MustacheContentType {
  /// The name by which the template asks for it.
  private static let name = "SCALARS"

  static func register() { MustacheContentTypes.register(ScalarEscaping(), named: name) }

  func escapeText(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
