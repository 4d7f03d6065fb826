import MarkerCompare
import MarkerWrite

/// What stands at the head of the page.
struct PageSummary {
  private let reports: [SavedReport]
  private let drawn: [Bool]

  init(_ builds: [ReportedBuild]) {
    reports = builds.map(\.report)
    drawn = builds.map { $0.pictures != nil }
  }

  private var markers: [SavedMarker] { reports.flatMap(\.markers) }

  var title: String {
    switch reports.count {
    case 0: "Markers"
    case 1: "Markers of \(TextStyle.printable(Self.name(ofFile: reports[0].image)))"
    default: "Markers of \(reports.count) builds"
    }
  }

  private static func name(ofFile path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  var builds: [[String: Any]] {
    reports.enumerated().map { index, report in
      [
        "number": "\(index + 1)", "image": TextStyle.printable(report.image),
        "buildID": TextStyle.printable(report.buildID ?? "none"),
        "markers": PageRow.counted(report.markers.count, "marker"),
        "isSaved": !drawn[index],
      ]
    }
  }

  /// What is wrong with the inputs, with the places.
  var inputFindings: [[String: Any]] {
    reports.flatMap { $0.findings ?? [] }.map { finding in
      [
        "level": ["error", "warning"].contains(finding.level) ? finding.level : "note",
        "place": TextStyle.printable(finding.place),
        "message": TextStyle.printable("\(finding.message) [\(finding.code)]"),
      ]
    }
  }

  /// Figures with their words.
  var tiles: [[String: Any]] {
    let findings = markers.flatMap { $0.findings ?? [] } + reports.flatMap { $0.findings ?? [] }
    let values = markers.map(\.values)
    let fetched = values.map(\.fetched).reduce(0, +)
    let all = values.map(\.all).reduce(0, +)
    let levels = ["error", "warning", "note"].map { level in
      ("\(findings.count { $0.level == level })", level + "s")
    }
    let figures: [(String, String)] =
      [
        ("\(markers.count)", "markers"), ("\(markers.map(\.sites.count).reduce(0, +))", "sites"),
        ("\(fetched)/\(all)", "values fetched"),
      ] + levels
    return figures.map { ["figure": $0.0, "word": $0.1] }
  }

  /// How many markers have each status, with the share of all in per mille.
  var shares: [[String: Any]] {
    let statuses = Dictionary(grouping: markers) { PageRow.known($0.status) }
    return ["ok", "approximate", "none"].map { status in
      let count = statuses[status]?.count ?? 0
      return ["status": status, "count": "\(count)", "isThere": count > 0]
    }
  }
}

extension SavedFinding {
  /// "my.list:3" or "vmlinux(.markers+0x10)".
  fileprivate var place: String {
    if let file { return line.map { "\(file):\($0)" } ?? file }
    return "\(image ?? "")(\(section ?? "")\(offset.map { "+0x" + String($0, radix: 16) } ?? ""))"
  }
}
