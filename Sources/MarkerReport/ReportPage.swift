import MarkerWrite
import Mustache

/// The page of `markers report --html`: one file that needs nothing else.
///
/// The list of markers is plain HTML; what a reader opens is made by the page's script from JSON in the page.
public struct ReportPage {
  private let builds: [ReportedBuild]
  private let toolVersion: String

  public init(_ builds: [ReportedBuild], toolVersion: String) {
    self.builds = builds
    self.toolVersion = toolVersion
  }

  /// The page's text; equal for equal builds.
  ///
  /// - Throws: when the template cannot be read, which a test excludes.
  public func html() throws -> String {
    ScalarEscaping.register()
    let template = try MustacheTemplate(string: Self.text(PackageResources.page_mustache))
    let summary = PageSummary(builds)
    return template.render(
      [
        "style": Self.text(PackageResources.page_css),
        "script": Self.text(PackageResources.picture_js) + Self.text(PackageResources.page_js),
        "data": Self.harmless(PageData(builds).json.line),
        "version": toolVersion,
        "title": summary.title,
        "builds": summary.builds,
        "hasSeveralBuilds": builds.count > 1,
        "inputFindings": summary.inputFindings,
        "hasInputFindings": !summary.inputFindings.isEmpty,
        "tiles": summary.tiles,
        "shares": summary.shares,
        "rows": builds.indices.flatMap { rows(ofBuild: $0) },
      ] as [String: Any])
  }

  private func rows(ofBuild index: Int) -> [[String: Any]] {
    builds[index].report.markers.map { PageRow($0).values(build: builds.count > 1 ? index + 1 : nil) }
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// JSON that cannot end the script element that holds it, nor begin a comment there (HTML 4.12.1.3).
  private static func harmless(_ json: String) -> String {
    var result = ""
    result.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      if scalar == "<" { result += "\\u003c" } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
