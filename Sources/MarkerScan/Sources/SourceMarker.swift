import CSource

/// Reads one use of `MARKER(name, …)` or `MARKER_IN(provider, name, …)` as the header would record it.
struct SourceMarker {
  private let use: MarkerUse
  private let path: String
  private let file: String

  /// Why the use makes no record.
  struct Problem: Error {
    let finding: LocatedFinding
  }

  init(_ use: MarkerUse, path: String, file: String) {
    self.use = use
    self.path = path
    self.file = file
  }

  func read(provider: String) -> Result<MarkerRecord, Problem> {
    do throws(Problem) {
      return .success(try record(provider: provider))
    } catch {
      return .failure(error)
    }
  }

  private func record(provider: String) throws(Problem) -> MarkerRecord {
    if let definition = use.definition {
      throw problem(.sourceMarkerInMacro, "a marker stands in the definition of the macro '\(definition)'")
    }
    guard var arguments = use.arguments.map({ $0[...] }) else {
      throw problem(.sourceMarkerUnreadable, "the parentheses of '\(use.macro)' are not closed")
    }
    let namesProvider = use.macro == "MARKER_IN"
    let written = namesProvider ? arguments.popFirst() ?? "" : provider
    if let reason = MarkerName.problem(Self.identifier(written).utf8, role: "provider") {
      throw problem(.sourceMarkerUnreadable, reason)
    }
    let name = arguments.popFirst() ?? ""
    if let reason = MarkerName.problem(name.utf8, role: "name") {
      throw problem(.sourceMarkerUnreadable, reason)
    }
    guard arguments.count <= Self.captureLimit else {
      throw problem(
        .sourceMarkerUnreadable, "the marker has \(arguments.count) values, more than \(Self.captureLimit)")
    }
    let start = use.extent.start
    return MarkerRecord(
      provider: Self.identifier(written), name: name, file: file, line: start.line,
      captures: arguments.filter { Self.allowances($0) == nil }.map {
        Capture(parsing: Self.captureText($0))
      },
      allowances: arguments.compactMap(Self.allowances).flatMap(\.self),
      origin: .source(path: path, line: start.line, column: start.column))
  }

  /// The header counts no further (`__MARKER_COUNT`).
  private static let captureLimit = 16

  /// As `RecordDecoder` reads a module's name.
  private static func identifier(_ provider: String) -> String {
    provider.first.map { $0.isASCII && $0.isNumber } == true ? "_" + provider : provider
  }

  /// `MARKER_LABEL(label, MARKER_AS(expression, format))` as the record's `label=expression:format`.
  static func captureText(_ argument: String) -> String {
    if let parts = parts(of: argument, as: "MARKER_LABEL") { return "\(parts[0])=\(formatted(parts[1]))" }
    return formatted(argument)
  }

  /// The findings of `MARKER_ALLOW(code, …)`; nil for another argument.
  private static func allowances(_ argument: String) -> [String]? {
    parts(of: argument, as: "MARKER_ALLOW", count: nil).map {
      Allowances.split($0.joined(separator: ",")[...])
    }
  }

  private static func formatted(_ argument: String) -> String {
    parts(of: argument, as: "MARKER_AS").map { "\($0[0]):\($0[1])" } ?? argument
  }

  /// The arguments of a macro, `count` or any number of them, when it is all of the text; nil otherwise.
  private static func parts(of argument: String, as macro: String, count: Int? = 2) -> [String]? {
    guard argument.hasPrefix(macro) else { return nil }
    let bytes = Array(argument.utf8)
    let use = SourceFile.uses(of: [macro], in: bytes).first
    guard let use, use.extent.start.offset == 0, use.extent.end.offset == bytes.count - 1,
      let parts = use.arguments, count == nil || parts.count == count
    else { return nil }
    return parts
  }

  private func problem(_ kind: FindingKind, _ message: String) -> Problem {
    let start = use.extent.start
    return Problem(
      finding: LocatedFinding(
        Finding(kind, message), at: .text(path: path, line: start.line, column: start.column)))
  }
}
