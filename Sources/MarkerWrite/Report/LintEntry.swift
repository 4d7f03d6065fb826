public import MarkerScan

/// One finding at the level that the user wants, with what it speaks of.
public struct LintEntry: Sendable {
  public let finding: Finding
  public let level: FindingLevel
  public let subject: LintSubject
}

/// What a finding speaks of.
public enum LintSubject: Sendable {
  /// A marker of an image, named as the user named it.
  case marker(MarkerReport, image: String)
  /// A place in an input that is no marker's: a line of a list, bytes of a section.
  case located(FindingLocation)
}

extension LintEntry {
  /// The finding's message, with the marker that it speaks of.
  var message: String {
    switch subject {
    case .marker(let marker, _): "marker '\(marker.title)': \(finding.message)"
    case .located: finding.message
    }
  }

  /// Where in a text file the finding points; nil when it points into a section of an image.
  var textPlace: (file: String, line: Int, column: Int?)? {
    switch subject {
    case .marker(let marker, _):
      let record = marker.resolution.record
      return (record.file, record.line, nil)
    case .located(.text(let path, let line, let column)): return (path, line, column)
    case .located(.section): return nil
    }
  }

  /// The place as compilers write it.
  var place: String {
    switch subject {
    case .marker(let marker, _): "\(marker.resolution.record.file):\(marker.resolution.record.line)"
    case .located(let location): location.description
    }
  }

  /// One member of `findings` in `markers lint --format json`.
  var json: JsonValue {
    switch subject {
    case .located(let location): return LocatedFinding(finding, at: location).json(level: level)
    case .marker(let marker, let image):
      let record = marker.resolution.record
      return .object(
        finding.members(level: level) + [
          .init("provider", .string(record.provider)), .init("marker", .string(record.name)),
          .init("file", .string(record.file)), .init("line", .integer(record.line)),
          .init("image", .string(image)),
        ])
    }
  }
}

extension MarkerReport {
  /// The marker as people name it: "provider:name".
  var title: String { "\(resolution.record.provider):\(resolution.record.name)" }
}
