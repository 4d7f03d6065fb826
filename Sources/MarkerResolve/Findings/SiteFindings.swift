import MarkerScan

/// Words the findings of one resolved marker.
struct SiteFindings {
  let record: MarkerRecord
  let search: SiteSearch
  let sites: [SiteResolution]

  func all() -> [Finding] { [] }
}

/// Why a record has no place in the image at all.
enum FileProblem {
  case unknown, ambiguous
}

extension MarkerResolution {
  enum Reason {
    case fileUnknown(String)
    case fileAmbiguous(String, [String])
  }

  static func unresolved(_ record: MarkerRecord, _ reason: Reason) -> MarkerResolution {
    MarkerResolution(record: record, status: .none, sites: [], findings: [])
  }
}
