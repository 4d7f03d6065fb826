import CSource

/// Reads one line of a marker list.
struct MarkerListLine {
  private let bytes: [UInt8]
  private let path: String
  private let line: Int

  /// Why the line is no marker.
  private struct Problem: Error {
    let message: String
    /// Bytes from the start of the line.
    let offset: Int
    var help = "write the line as 'provider:name  path/to/file.c:LINE  expr, expr'"
  }

  /// - Parameter bytes: the line without its newline; a carriage return at the end is ignored.
  init(_ bytes: [UInt8], path: String, line: Int) {
    self.bytes = bytes.last == 13 ? Array(bytes.dropLast()) : bytes
    self.path = path
    self.line = line
  }

  /// The line's marker, nil for an empty line, a comment and a line that cannot be read.
  func read() -> (record: MarkerRecord?, findings: [LocatedFinding]) {
    do throws(Problem) {
      let content = try content()
      guard let first = field(from: 0, to: content) else { return (nil, []) }
      let (provider, name) = try names(first)
      guard let second = field(from: first.upperBound, to: content) else {
        throw Problem(message: "the path and line of '\(provider):\(name)' are missing", offset: content)
      }
      let (file, sourceLine) = try place(second)
      let (allowances, start) = allowances(from: second.upperBound, to: content)
      let (captures, findings) = try captures(from: start, to: content)
      let record = MarkerRecord(
        provider: provider, name: name, file: file, line: sourceLine, captures: captures,
        allowances: allowances,
        origin: .list(path: path, line: line))
      return (record, findings)
    } catch {
      return (nil, [finding(.listSyntax, error.message, at: error.offset, help: error.help)])
    }
  }

  // MARK: Characters

  /// The offset behind the line's content: a comment and blanks before it are cut off.
  private func content() throws(Problem) -> Int {
    guard bytes.count < RecordLimit.byteCount else {
      throw Problem(
        message: "the line is longer than \(RecordLimit.byteCount - 1) bytes",
        offset: RecordLimit.byteCount - 1)
    }
    var end = commentStart()
    while end > 0 && isBlank(bytes[end - 1]) { end -= 1 }
    for offset in 0..<end where (bytes[offset] < 0x20 && bytes[offset] != 9) || bytes[offset] == 0x7F {
      let code = String(bytes[offset], radix: 16)
      throw Problem(
        message: "the line has the control character 0x\(code)", offset: offset, help: "remove it")
    }
    return end
  }

  /// `#` at the start or behind a blank, outside string and character literals.
  private func commentStart() -> Int {
    var quote: UInt8?
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if quote != nil && byte == UInt8(ascii: "\\") {
        offset += 2
        continue
      }
      if byte == quote {
        quote = nil
      } else if quote == nil && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")) {
        quote = byte
      } else if quote == nil && byte == UInt8(ascii: "#") && (offset == 0 || isBlank(bytes[offset - 1])) {
        return offset
      }
      offset += 1
    }
    return bytes.count
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 9 }

  /// The next run of other than blanks; nil when only blanks are left.
  private func field(from start: Int, to end: Int) -> Range<Int>? {
    guard let first = (start..<end).first(where: { !isBlank(bytes[$0]) }) else { return nil }
    let last = (first..<end).first { isBlank(bytes[$0]) } ?? end
    return first..<last
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Fields

  private func names(_ field: Range<Int>) throws(Problem) -> (provider: String, name: String) {
    guard let colon = field.first(where: { bytes[$0] == UInt8(ascii: ":") }) else {
      throw Problem(
        message: "'\(text(field))' has no ':' between provider and name", offset: field.lowerBound)
    }
    let provider = field.lowerBound..<colon
    let name = (colon + 1)..<field.upperBound
    if let problem = MarkerName.problem(bytes[provider], role: "provider") {
      throw Problem(message: problem, offset: provider.lowerBound)
    }
    if let problem = MarkerName.problem(bytes[name], role: "name") {
      throw Problem(message: problem, offset: name.lowerBound)
    }
    return (text(provider), text(name))
  }

  private func place(_ field: Range<Int>) throws(Problem) -> (file: String, line: Int) {
    guard let colon = field.last(where: { bytes[$0] == UInt8(ascii: ":") }) else {
      throw Problem(message: "'\(text(field))' has no ':LINE'", offset: field.lowerBound)
    }
    let file = field.lowerBound..<colon
    guard !file.isEmpty else { throw Problem(message: "the path is empty", offset: colon) }
    guard file.count <= RecordLimit.fileByteCount else {
      throw Problem(
        message: "the path is longer than \(RecordLimit.fileByteCount) bytes", offset: file.lowerBound)
    }
    let number = (colon + 1)..<field.upperBound
    let isDecimal = bytes[number].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    guard isDecimal, let line = Int(text(number)), RecordLimit.lines.contains(line) else {
      throw Problem(
        message: "'\(text(number))' is no line number", offset: number.lowerBound,
        help: "give a decimal number from 1")
    }
    return (text(file), line)
  }

  /// The fields `@allow=…` before the captures, and the offset behind them.
  private func allowances(from start: Int, to end: Int) -> (allowances: [String], end: Int) {
    var allowances: [String] = []
    var start = start
    while let field = field(from: start, to: end), let read = Allowances.read(text(field)) {
      allowances += read
      start = field.upperBound
    }
    return (allowances, start)
  }

  private func captures(
    from start: Int, to end: Int
  ) throws(Problem) -> (captures: [Capture], findings: [LocatedFinding]) {
    let parsed = CaptureParser(Array(bytes[start..<max(start, end)])).captures()
    guard parsed.count <= RecordLimit.captureCount else {
      throw Problem(
        message: "the marker has \(parsed.count) captures, more than \(RecordLimit.captureCount)",
        offset: start,
        help: "split it into several markers")
    }
    let findings: [LocatedFinding] = parsed.compactMap { item in
      guard let problem = item.problem, problem.kind == .malformed else { return nil }
      return finding(
        .malformedCapture, "capture '\(item.capture.text)': \(problem.reason)", at: start + problem.offset,
        help: "write the capture as 'expression', 'label=expression' or 'expression:format'")
    }
    return (parsed.map(\.capture), findings)
  }

  private func finding(_ kind: FindingKind, _ message: String, at offset: Int, help: String) -> LocatedFinding
  {
    LocatedFinding(
      Finding(kind, message, help: help), at: .text(path: path, line: line, column: offset + 1))
  }
}
