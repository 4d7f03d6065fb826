internal import MarkerResolve
public import MarkerScan

/// Findings in the form of a compiler, which editors and CI systems read.
public struct FindingText: Sendable {
  private let style: TextStyle

  public init(style: TextStyle) { self.style = style }

  /// `file:line: warning: marker 'p:n': message [M201]`, then the notes and the help, each on a line.
  public func text(_ finding: Finding, of record: MarkerRecord, level: FindingLevel) -> String {
    text(
      finding, at: "\(record.file):\(record.line)", subject: "marker '\(record.provider):\(record.name)': ",
      level: level)
  }

  /// `path:line:column: error: message [M009]`
  public func text(_ finding: LocatedFinding, level: FindingLevel) -> String {
    text(finding.finding, at: finding.location.description, subject: "", level: level)
  }

  /// An entry of a report, in one of the two forms.
  func text(_ entry: LintEntry) -> String {
    switch entry.subject {
    case .marker(let marker, _): text(entry.finding, of: marker.resolution.record, level: entry.level)
    case .located(let location): text(LocatedFinding(entry.finding, at: location), level: entry.level)
    }
  }

  private func text(_ finding: Finding, at place: String, subject: String, level: FindingLevel) -> String {
    let label = style.paint("\(level.rawValue):", level.role)
    let code = style.paint("[\(finding.kind.code)]", .dim)
    let message = TextStyle.printable(subject + finding.message)
    var lines = ["\(style.paint(TextStyle.printable(place) + ":", .location)) \(label) \(message) \(code)"]
    for note in finding.notes {
      lines.append("  \(style.paint("note:", .note)) \(TextStyle.printable(note))")
    }
    if let help = finding.help {
      lines.append("  \(style.paint("help:", .help)) \(TextStyle.printable(help))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension FindingLevel {
  /// The colour role of the level.
  var role: TextStyle.Role {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}
