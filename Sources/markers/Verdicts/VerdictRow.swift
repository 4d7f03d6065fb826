import MarkerJudge
import MarkerWrite

/// One line of the answer: an address as it was listed, and what the kernel makes of a probe there.
struct VerdictRow {
  let address: String
  /// accepted, refused, never-armed, or unknown when the line names no address.
  let verdict: String
  let errno: String
  let reason: String
  let probeClass: String

  /// - Parameter listed: the address as the list gives it.
  init(listed: String, _ explained: ExplainedVerdict) {
    let judged = SiteVerdict(explained)
    address = listed
    verdict = judged.verdict
    errno = judged.errno ?? ""
    reason = judged.reason ?? ""
    probeClass = judged.probeClass ?? ""
  }

  /// A line that cannot be judged.
  init(listed: String, unknown reason: String) {
    address = listed
    verdict = "unknown"
    errno = ""
    self.reason = reason
    probeClass = ""
  }

  /// Adds the row in CSV (RFC 4180) and a newline.
  func writeCsv(to output: inout String) {
    for (index, field) in [address, verdict, errno, reason, probeClass].enumerated() {
      if index > 0 { output += "," }
      output += Self.quoted(field)
    }
    output += "\n"
  }

  private static func quoted(_ field: String) -> String {
    let special: Set<UInt8> = [0x2c, 0x22, 0x0a, 0x0d]
    let isSpecial = field.utf8.contains(where: special.contains)
    if !isSpecial { return field }
    let hasQuote = field.utf8.contains(UInt8(ascii: "\""))
    return "\"" + (hasQuote ? field.replacing("\"", with: "\"\"") : field) + "\""
  }

  var json: JsonValue {
    .object([
      JsonValue.Member("addr", .string(address)), JsonValue.Member("verdict", .string(verdict)),
      JsonValue.Member("errno", .optional(errno.isEmpty ? nil : errno)),
      JsonValue.Member("reason", .optional(reason.isEmpty ? nil : reason)),
      JsonValue.Member("class", .optional(probeClass.isEmpty ? nil : probeClass)),
    ])
  }

  /// The row for people.
  var text: String {
    let head = [verdict, errno, probeClass].filter { !$0.isEmpty }.joined(separator: " ")
    return reason.isEmpty ? "\(address)  \(head)" : "\(address)  \(head)  (\(reason))"
  }
}
