/// Decodes one string of a section of markers (Docs/record-format.md, version 1).
struct RecordDecoder {
  /// The image, the section and the offset of the string's first byte.
  let image: String
  let section: String
  let offset: UInt64

  /// What a string turned out to be.
  enum Reading {
    /// A record; the findings speak of single captures and fields.
    case record(MarkerRecord, [LocatedFinding])
    /// A broken record, or one of another version.
    case finding(LocatedFinding)
    /// A string that does not begin as a record does.
    case foreign
  }

  /// Reads a string without its NUL.
  func read(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let version = Self.version(of: bytes) else { return .foreign }
    guard bytes.count < RecordLimit.byteCount else {
      return .finding(
        finding(
          .oversizedRecord, "the record has \(bytes.count + 1) bytes, more than \(RecordLimit.byteCount)"))
    }
    guard version == "1" else {
      return .finding(
        finding(
          .laterVersion, "the record is of version \(version)", help: "use a newer markers to read this file")
      )
    }
    do throws(Malformed) {
      let (record, findings) = try decode(bytes)
      return .record(record, findings)
    } catch {
      return .finding(finding(error.kind, error.message))
    }
  }

  private struct Malformed: Error {
    let message: String
    var kind = FindingKind.malformedRecord
  }

  /// The decimal number behind "mk" when a TAB follows it; nil for other strings. At most 20 digits are looked at.
  static func version(of bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.starts(with: Array("mk".utf8)) else { return nil }
    let digits = bytes.dropFirst(2).prefix(20).prefix { $0 >= 0x30 && $0 <= 0x39 }
    let isNumber = !digits.isEmpty && (digits.count == 1 || digits.first != 0x30)
    guard isNumber, digits.endIndex < bytes.endIndex, bytes[digits.endIndex] == 9 else { return nil }
    return String(decoding: digits, as: UTF8.self)
  }

  // MARK: Fields

  private func decode(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> (MarkerRecord, [LocatedFinding]) {
    if let control = bytes.first(where: { ($0 < 0x20 && $0 != 9) || $0 == 0x7F }) {
      throw Malformed(message: "the record has the control character 0x\(String(control, radix: 16))")
    }
    let fields = bytes.split(separator: 9, omittingEmptySubsequences: false)
    guard fields.count >= 5 else {
      throw Malformed(message: "the record has \(fields.count) fields, fewer than five")
    }
    let provider = try provider(fields[1])
    if let problem = MarkerName.problem(fields[2], role: "name") { throw Malformed(message: problem) }
    let file = try file(fields[3])
    let line = try line(fields[4])
    let allowances = fields.dropFirst(5).compactMap { Allowances.read(text($0)) }.flatMap(\.self)
    let (captures, findings) = try captures(fields.dropFirst(5))
    let record = MarkerRecord(
      provider: provider, name: text(fields[2]), file: file, line: line, captures: captures,
      allowances: allowances,
      origin: .section(image: image, section: section, offset: offset))
    return (record, findings)
  }

  /// A module's name may begin with a digit, an identifier may not: `8250_pci` becomes `_8250_pci`.
  private func provider(_ field: ArraySlice<UInt8>) throws(Malformed) -> String {
    let beginsWithDigit = field.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    let name = beginsWithDigit ? [UInt8(ascii: "_")] + field : Array(field)
    guard field.count <= RecordLimit.nameByteCount else {
      throw Malformed(
        message: "the provider '\(text(field.prefix(80)))' is longer than \(RecordLimit.nameByteCount) bytes")
    }
    if let problem = MarkerName.problem(name.prefix(RecordLimit.nameByteCount), role: "provider") {
      throw Malformed(message: problem)
    }
    return String(decoding: name, as: UTF8.self)
  }

  private func file(_ field: ArraySlice<UInt8>) throws(Malformed) -> String {
    guard !field.isEmpty else { throw Malformed(message: "the file is empty") }
    guard field.count <= RecordLimit.fileByteCount else {
      throw Malformed(message: "the file's name is longer than \(RecordLimit.fileByteCount) bytes")
    }
    return text(field)
  }

  private func line(_ field: ArraySlice<UInt8>) throws(Malformed) -> Int {
    let isDecimal = field.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && field.first != 0x30
    guard isDecimal, let line = Int(text(field)), RecordLimit.lines.contains(line) else {
      throw Malformed(message: "the line '\(text(field.prefix(80)))' is no line number")
    }
    return line
  }

  private func captures(
    _ fields: ArraySlice<ArraySlice<UInt8>>
  ) throws(Malformed) -> (captures: [Capture], findings: [LocatedFinding]) {
    let isReserved = { (field: ArraySlice<UInt8>) in field.first == UInt8(ascii: "@") }
    var findings: [LocatedFinding] = fields.filter(isReserved).compactMap { field in
      if Allowances.read(text(field)) != nil { return nil }
      return finding(.reservedField, "the field '\(text(field.prefix(80)))' is not known to this version")
    }
    let written = fields.filter { !isReserved($0) }
    guard written.count <= RecordLimit.captureCount else {
      throw Malformed(
        message: "the record has \(written.count) captures, more than \(RecordLimit.captureCount)",
        kind: .tooManyCaptures)
    }
    let parsed = written.map { field in
      let parser = CaptureParser(Array(field))
      return parser.capture(of: parser.text.tokens.indices, emptyAt: 0)
    }
    for item in parsed {
      guard let problem = item.problem, problem.kind == .malformed else { continue }
      findings.append(
        finding(.malformedCapture, "capture '\(item.capture.text.prefix(80))': \(problem.reason)"))
    }
    return (parsed.map(\.capture), findings)
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  func finding(_ kind: FindingKind, _ message: String, help: String? = nil) -> LocatedFinding {
    LocatedFinding(
      Finding(kind, message, help: help), at: .section(image: image, section: section, offset: offset))
  }
}
