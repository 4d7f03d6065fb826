import CSource
import MarkerResolve
import MarkerScan
import SystemPackage

/// What the source says of markers: whether the images record them, and where they stand in their blocks.
struct SourceLint {
  private(set) var findings: [LocatedFinding] = []
  /// The files and directories that could not be read.
  private(set) var errors: [InputError] = []

  /// - Parameters:
  ///   - roots: source trees, or single files, whose markers are looked for in the images.
  ///   - provider: whose the markers are where the file does not say; nil for the usual one.
  ///   - recorded: the markers of the images.
  ///   - told: those of them that are known to be the last in their blocks.
  init(roots: [FilePath], provider: String?, recorded: [MarkerRecord], told: [MarkerRecord]) {
    let known = PlaceIndex(recorded)
    let told = PlaceIndex(told)
    for root in roots {
      let scan = SourceScan(reading: root, provider: provider ?? SourceScan.defaultProvider)
      errors += scan.errors
      findings += scan.findings
      for record in scan.records where !known.contains(record) {
        guard case .source(let path, let line, let column) = record.origin else { continue }
        findings.append(
          LocatedFinding(.notInImage(record), at: .text(path: path, line: line, column: column)))
      }
      checkBlocks(scan.records.filter { !told.contains($0) })
    }
    findings.sort()
  }

  /// Reads each file once more, as statements.
  private mutating func checkBlocks(_ records: [MarkerRecord]) {
    for (path, group) in Dictionary(grouping: records, by: \.sourcePath) {
      guard let path, let bytes = try? TextFile.read(path) else { continue }
      let file = SourceFile(bytes: bytes)
      for record in group {
        guard let placement = file.placement(at: record.line, name: record.name),
          let marker = placement.marker, placement.next == nil
        else { continue }
        let start = marker.extent.start
        findings.append(
          LocatedFinding(
            .lastInBlock(record), at: .text(path: path.string, line: start.line, column: start.column)))
      }
    }
  }
}

extension MarkerRecord {
  /// The file that a marker was read from as C; nil when it was found elsewhere.
  var sourcePath: FilePath? {
    switch origin {
    case .source(let path, _, _): FilePath(path)
    case .section, .list: nil
    }
  }
}

extension Finding {
  fileprivate static func lastInBlock(_ record: MarkerRecord) -> Finding {
    Finding(
      .lastInBlock, "marker '\(record.provider):\(record.name)' is the last statement of its block",
      help: "move it before the statement that it follows")
  }
}

/// Markers by name, line and file; files compare by whole components from the end, as an image and a tree name
/// them from different directories.
private struct PlaceIndex {
  private struct Key: Hashable {
    let name: String
    let line: Int
  }
  private var files: [Key: [[FilePath.Component]]] = [:]

  init(_ records: [MarkerRecord]) {
    for record in records { files[Self.key(record), default: []].append(Self.components(record)) }
  }

  func contains(_ record: MarkerRecord) -> Bool {
    let wanted = Self.components(record)
    return files[Self.key(record), default: []].contains { known in
      let count = min(known.count, wanted.count)
      return count > 0 && known.suffix(count).elementsEqual(wanted.suffix(count))
    }
  }

  private static func key(_ record: MarkerRecord) -> Key { Key(name: record.name, line: record.line) }

  private static func components(_ record: MarkerRecord) -> [FilePath.Component] {
    FilePath(record.file).lexicallyNormalized().components.filter { $0.kind == .regular }
  }
}
