import MarkerCompare
import MarkerWrite

/// One marker in the page's list.
struct PageRow {
  private let marker: SavedMarker

  init(_ marker: SavedMarker) { self.marker = marker }

  /// - Parameter build: the number of the marker's build; nil when there is only one.
  func values(build: Int?) -> [String: Any] {
    let findings = marker.findings ?? []
    let errors = findings.count { $0.level == "error" }
    let warnings = findings.count { $0.level == "warning" }
    return [
      "status": Self.known(marker.status),
      "name": TextStyle.printable(marker.title),
      "place": TextStyle.printable("\(marker.file):\(marker.line)"),
      "build": build.map(String.init) ?? "",
      "sites": Self.counted(marker.sites.count, "site"),
      "values": marker.values.all == 0 ? "" : "\(marker.values.fetched)/\(marker.values.all) values",
      "probe": TextStyle.printable(MarkerState(marker).probeClass ?? MarkerState(marker).verdict ?? ""),
      "errors": errors == 0 ? "" : Self.counted(errors, "error"),
      "warnings": warnings == 0 ? "" : Self.counted(warnings, "warning"),
    ]
  }

  /// The status, which becomes the name of a class in the page.
  static func known(_ status: String) -> String {
    ["ok", "approximate", "none"].contains(status) ? status : "none"
  }

  static func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}

extension SavedMarker {
  /// How many values are asked for, all sites taken together, and how many of them are fetched.
  var values: (fetched: Int, all: Int) {
    let arguments = sites.flatMap(\.arguments)
    return (arguments.count { $0.fetch != nil }, arguments.count)
  }
}
