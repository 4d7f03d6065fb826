public import MarkerCompare
public import MarkerResolve

/// One build of a report.
public struct ReportedBuild: Sendable {
  public let report: SavedReport
  /// For each marker of the report its pictures; nil for a saved report, which has none.
  public let pictures: [[BodyPicture]]?

  public init(_ report: SavedReport, pictures: [[BodyPicture]]? = nil) {
    self.report = report
    self.pictures = pictures
  }
}
