public import Elfutils

/// The markers that an image records, and what is wrong with its records.
public struct RecordScan: Sendable, Hashable {
  /// One for each marker, in the order of the sections and of the records in them.
  public let records: [MarkerRecord]
  /// Sorted by place.
  public let findings: [LocatedFinding]

  /// Reads all sections of markers of an image and of its separate debug file; an image without any has no records,
  /// which is no error.
  ///
  /// - Throws: when a section cannot be read or decompressed.
  public init(image: ElfImage) throws(ElfError) {
    var sections: [RecordSection] = []
    for section in image.sections {
      guard let kind = RecordSection.Kind(named: section.name) else { continue }
      let bytes = try image.bytes(of: section)
      sections.append(RecordSection(bytes, kind: kind, image: image.displayName, section: section.name))
    }
    if let file = image.separateDebugFile {
      // What `strip -g` leaves in the image, the debug file has once more.
      for section in try file.sections() where image.section(named: section.name) == nil {
        guard let kind = RecordSection.Kind(named: section.name) else { continue }
        let bytes = try file.bytes(of: section)
        sections.append(RecordSection(bytes, kind: kind, image: file.displayName, section: section.name))
      }
    }
    self.init(sections)
  }

  /// Puts together what several sections of one image hold.
  init(_ sections: [RecordSection]) {
    var copies: [MarkerIdentity: Int] = [:]
    var places: [MarkerPlace: Set<[String]>] = [:]
    var unique: [MarkerRecord] = []
    for record in sections.flatMap(\.records) {
      copies[MarkerIdentity(record), default: 0] += 1
      guard copies[MarkerIdentity(record)] == 1 else { continue }
      unique.append(record)
      places[MarkerPlace(record), default: []].insert(record.captures.map(\.text))
    }
    var findings = sections.flatMap(\.findings)
    for record in unique {
      if let count = copies[MarkerIdentity(record)], count > 1 {
        findings.append(Self.duplicate(record, count))
      }
      // Told once, at the first record of the place.
      if let captures = places.removeValue(forKey: MarkerPlace(record)), captures.count > 1 {
        findings.append(Self.conflict(record, captures))
      }
    }
    records = unique
    self.findings = findings.sorted()
  }

  private static func duplicate(_ record: MarkerRecord, _ count: Int) -> LocatedFinding {
    located(
      Finding(.duplicateRecord, "marker '\(record.provider):\(record.name)' is recorded \(count) times"),
      record)
  }

  private static func conflict(_ record: MarkerRecord, _ captures: Set<[String]>) -> LocatedFinding {
    let notes = captures.map { "one record has the captures '\($0.joined(separator: ", "))'" }.sorted()
    return located(
      Finding(
        .conflictingRecord,
        "marker '\(record.provider):\(record.name)' at '\(record.file):\(record.line)' is recorded with different "
          + "captures",
        notes: Array(notes.prefix(8)), help: "build the objects again with one configuration"),
      record)
  }

  private static func located(_ finding: Finding, _ record: MarkerRecord) -> LocatedFinding {
    switch record.origin {
    case .section(let image, let section, let offset):
      LocatedFinding(finding, at: .section(image: image, section: section, offset: offset))
    case .list(let path, let line):
      LocatedFinding(finding, at: .text(path: path, line: line, column: 1))
    case .source(let path, let line, let column):
      LocatedFinding(finding, at: .text(path: path, line: line, column: column))
    }
  }
}

/// The event and the place of a marker.
private struct MarkerPlace: Hashable {
  private let names: [String]
  private let line: Int

  init(_ record: MarkerRecord) {
    names = [record.provider, record.name, record.file]
    line = record.line
  }
}
