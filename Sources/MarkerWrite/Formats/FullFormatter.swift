public import MarkerResolve
internal import MarkerScan

/// The long form: the source line, the evidence, and the one action to take.
public struct FullFormatter: LintFormatter {
  private let style: TextStyle
  private let sourceLine: @Sendable (MarkerResolution) -> String?
  /// How many places of a marker are shown.
  private static let placeLimit = 4

  /// - Parameter sourceLine: the text of a marker's line; nil when the source is not at hand.
  public init(style: TextStyle, sourceLine: @escaping @Sendable (MarkerResolution) -> String?) {
    self.style = style
    self.sourceLine = sourceLine
  }

  public func text(_ report: LintReport) -> String {
    report.entries.map(text).joined(separator: "\n")
  }

  private func text(_ entry: LintEntry) -> String {
    let kind = entry.finding.kind
    let label = style.paint("\(entry.level.rawValue)[\(kind.code)]", entry.level.role)
    var lines = ["\(label) \(kind.name): \(style.paint(TextStyle.printable(entry.message), .heading))"]
    lines.append("  \(style.paint("-->", .location)) \(TextStyle.printable(entry.place))")
    lines += source(entry) + places(entry)
    lines += entry.finding.notes.map { labelled("note", $0, .note) }
    if let help = entry.finding.help { lines.append(labelled("help", help, .help)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func labelled(_ label: String, _ text: String, _ role: TextStyle.Role) -> String {
    "   = \(style.paint("\(label):", role)) \(TextStyle.printable(text))"
  }

  /// The line with its number.
  private func source(_ entry: LintEntry) -> [String] {
    guard case .marker(let marker, _) = entry.subject,
      let text = sourceLine(marker.resolution)
    else { return [] }
    let number = String(marker.resolution.record.line)
    let margin = String(repeating: " ", count: number.count)
    // A TAB is no control character here, and how wide it is does not matter.
    let shown = TextStyle.printable(text.replacing("\t", with: "    "))
    return ["\(margin) |", "\(number) | \(shown)", "\(margin) |"]
  }

  /// The copies of the marker with their inline chains, and what became of the values that the finding names.
  private func places(_ entry: LintEntry) -> [String] {
    guard case .marker(let marker, _) = entry.subject else { return [] }
    let sites = marker.resolution.sites
    // The notes say what became of a value at the only place.
    let showsValues = sites.count > 1 || entry.finding.notes.isEmpty
    var lines = sites.prefix(Self.placeLimit).flatMap { site -> [String] in
      let chain = site.inlineChain.map(\.shown).joined(separator: " < ")
      let copy =
        "0x\(String(site.address, radix: 16)) \(site.shownPlace)"
        + (chain.isEmpty ? "" : ", inlined: \(chain)")
      let named = site.arguments.filter {
        showsValues && entry.finding.message.contains("'\($0.expression)'")
      }
      return [labelled("copy", copy, .dim)] + named.map { labelled("value", Self.described($0), .dim) }
    }
    if sites.count > Self.placeLimit {
      lines.append(labelled("copy", "and \(sites.count - Self.placeLimit) more", .dim))
    }
    return lines
  }

  private static func described(_ argument: ArgumentResolution) -> String {
    let value = argument.fetch.map { "\($0.expression):\($0.type)" } ?? "none here"
    return "'\(argument.expression)' \(value)" + (argument.absence.map { ": \($0.sentence)" } ?? "")
  }
}
