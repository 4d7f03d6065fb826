public import SystemPackage

/// A marker list: markers for source that cannot be changed, one a line.
///
///     provider:name  path/to/file.c:LINE  @allow=CODE,CODE  expr, expr:type, label=expr   # comment
public struct MarkerList: Sendable, Hashable {
  /// The markers in the order of their lines, repeated ones left out.
  public let records: [MarkerRecord]
  /// What is wrong with the list, in the order of its lines; a bad line has a finding and no record.
  public let findings: [LocatedFinding]

  /// Reads a list's text; `path` only names it in origins and findings. Never fails: bad lines are findings.
  public init(text: [UInt8], path: String) {
    var records: [MarkerRecord] = []
    var findings: [LocatedFinding] = []
    var firstLines: [MarkerIdentity: Int] = [:]
    var lineNumber = 0
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      lineNumber += 1
      let bytes = Array(lineNumber == 1 && line.starts(with: Self.byteOrderMark) ? line.dropFirst(3) : line)
      let result = MarkerListLine(bytes, path: path, line: lineNumber).read()
      findings += result.findings
      guard let record = result.record else { continue }
      if let first = firstLines.updateValue(lineNumber, forKey: MarkerIdentity(record)) {
        findings.append(Self.duplicate(record, path: path, line: lineNumber, first: first))
      } else {
        records.append(record)
      }
    }
    self.records = records
    self.findings = findings
  }

  /// Reads a list file; `-` is standard input.
  ///
  /// - Throws: when the file cannot be read.
  public init(reading path: FilePath) throws(InputError) {
    self.init(text: try TextFile.read(path), path: path.string)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func duplicate(
    _ record: MarkerRecord, path: String, line: Int, first: Int
  ) -> LocatedFinding {
    LocatedFinding(
      Finding(
        .duplicateRecord, "marker '\(record.provider):\(record.name)' repeats line \(first)",
        help: "remove one of the two lines"),
      at: .text(path: path, line: line, column: 1))
  }
}

/// What makes two records one marker: everything but where they were found (Docs/record-format.md, Duplicates).
struct MarkerIdentity: Hashable {
  private let names: [String]
  private let line: Int
  private let captures: [String]
  private let allowances: [String]

  init(_ record: MarkerRecord) {
    allowances = record.allowances
    names = [record.provider, record.name, record.file]
    line = record.line
    captures = record.captures.map(\.text)
  }
}
