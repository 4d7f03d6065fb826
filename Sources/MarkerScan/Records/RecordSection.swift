/// Reads the strings of one section of markers.
struct RecordSection {
  /// Which strings a section may hold besides records.
  enum Kind {
    /// Records alone.
    case markers
    /// Records among the command lines that clang embeds.
    case shared

    /// The kind of a section; nil when it holds no markers.
    init?(named name: String) {
      switch name {
      case ".debug_markers", ".zdebug_markers": self = .markers
      case ".llvmcmd": self = .shared
      default: return nil
      }
    }
  }

  private(set) var records: [MarkerRecord] = []
  private(set) var findings: [LocatedFinding] = []
  private var omitted = 0

  /// The greatest number of findings that are kept.
  static let findingLimit = 1_000

  /// - Parameter bytes: the section's content, decompressed.
  init(_ bytes: [UInt8], kind: Kind, image: String, section: String) {
    var start = 0
    while start < bytes.count {
      let decoder = RecordDecoder(image: image, section: section, offset: UInt64(start))
      guard let end = bytes[start...].firstIndex(of: 0) else {
        readTail(bytes[start...], kind, decoder)
        break
      }
      if end > start { read(bytes[start..<end], kind, decoder) }
      start = end + 1
    }
    if omitted > 0 {
      let decoder = RecordDecoder(image: image, section: section, offset: UInt64(bytes.count))
      findings.append(decoder.finding(.findingsOmitted, "\(omitted) further findings are not shown"))
    }
  }

  private mutating func read(_ string: ArraySlice<UInt8>, _ kind: Kind, _ decoder: RecordDecoder) {
    switch decoder.read(string) {
    case .record(let record, let found):
      records.append(record)
      for finding in found { add(finding) }
    case .finding(let finding):
      add(finding)
    case .foreign:
      guard case .markers = kind else { return }
      let shown = String(decoding: string.prefix(40), as: UTF8.self)
      add(decoder.finding(.notARecord, "the string '\(shown)' is no record"))
    }
  }

  /// What has no NUL behind it is a record that was cut, or in a shared section none of ours.
  private mutating func readTail(_ tail: ArraySlice<UInt8>, _ kind: Kind, _ decoder: RecordDecoder) {
    if case .shared = kind, RecordDecoder.version(of: tail) == nil { return }
    add(
      decoder.finding(
        .truncatedRecord, "the section ends within a record, \(tail.count) bytes after its start"))
  }

  private mutating func add(_ finding: LocatedFinding) {
    if findings.count < Self.findingLimit { findings.append(finding) } else { omitted += 1 }
  }
}
