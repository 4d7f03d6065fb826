internal import MarkerResolve
internal import MarkerScan

/// The view of `markers resolve` for people.
public struct ReportText {
  private let style: TextStyle

  public init(style: TextStyle) { self.style = style }

  /// Each marker with its sites and their arguments, then its findings.
  public func text(_ report: Report) -> String {
    let findings = FindingText(style: style)
    var output = ""
    for finding in report.inputFindings {
      output += findings.text(finding, level: finding.finding.kind.level)
    }
    for marker in report.markers { output += text(marker, verdicts: report.verdicts) }
    return output
  }

  /// One marker with its sites, their arguments and its findings.
  ///
  /// - Parameter verdicts: what the kernel makes of the probes, by link address.
  public func text(_ marker: MarkerReport, verdicts: [UInt64: SiteVerdict]) -> String {
    let findings = FindingText(style: style)
    var output = heading(marker.resolution)
    for site in marker.resolution.sites { output += text(site, verdict: verdicts[site.address]) }
    for finding in marker.findings {
      output += findings.text(finding, of: marker.resolution.record, level: finding.kind.level)
    }
    return output
  }

  private func heading(_ resolution: MarkerResolution) -> String {
    let record = resolution.record
    let name = style.paint(TextStyle.printable("\(record.provider):\(record.name)"), .heading)
    let count = resolution.sites.count == 1 ? "1 site" : "\(resolution.sites.count) sites"
    let status = style.paint(resolution.status.rawValue, resolution.status.role)
    return "\(name)  \(TextStyle.printable("\(record.file):\(record.line)"))  \(status)  \(count)\n"
  }

  private func text(_ site: SiteResolution, verdict: SiteVerdict?) -> String {
    let address = style.paint("0x" + String(site.address, radix: 16), .dim)
    let chain = site.inlineChain.map { " < \($0.shown)" }.joined()
    let place = TextStyle.printable("\(site.shownPlace)  \(site.copy.text): \(site.function)\(chain)")
    var output = "  \(address)  \(place)\n"
    output += "    \(style.paint(TextStyle.printable(site.reason), .dim))\n"
    if let verdict { output += "    \(TextStyle.printable(verdict.shown))\n" }
    let width = site.arguments.map { $0.expression.count }.max() ?? 0
    for argument in site.arguments { output += text(argument, width: min(width, 40)) }
    return output
  }

  private func text(_ argument: ArgumentResolution, width: Int) -> String {
    let padding = String(repeating: " ", count: max(0, width - argument.expression.count))
    let value = argument.fetch.map { "\($0.expression):\($0.type)" } ?? "-"
    let reason = argument.absence.map { ": \($0.sentence)" } ?? ""
    let status = style.paint(argument.status.rawValue, argument.status.role)
    return TextStyle.printable("    \(argument.expression)\(padding)  \(value)  ") + status
      + TextStyle.printable(reason) + "\n"
  }
}

extension SiteVerdict {
  /// "accepted, optimised", "refused with EINVAL: notrace: …"
  fileprivate var shown: String {
    let head = [verdict + (errno.map { " with \($0)" } ?? ""), probeClass].compactMap(\.self)
    return head.joined(separator: ", ") + (reason.map { ": \($0)" } ?? "")
  }
}

extension InlineFrame {
  /// The call as text: "vfs_read (fs/read_write.c:470)".
  var shown: String {
    guard let callFile, let callLine else { return function }
    return "\(function) (\(callFile):\(callLine))"
  }
}

extension ResolutionStatus {
  /// The colour role of the status.
  fileprivate var role: TextStyle.Role {
    switch self {
    case .ok: .help
    case .approximate: .warning
    case .none: .error
    }
  }
}
