public import MarkerResolve

/// How the places of a marker were found, for people: source, rows, arguments, code and graph.
public struct TraceText {
  private let style: TextStyle

  public init(style: TextStyle) { self.style = style }

  /// Several lines, the last one ended.
  public func text(_ trace: MarkerTrace) -> String {
    var lines = source(trace)
    for (index, body) in trace.bodies.enumerated() {
      lines.append("")
      lines += BodyText(style: style, trace: trace, body: body, number: index + 1).lines()
    }
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: source

  private func source(_ trace: MarkerTrace) -> [String] {
    guard let path = trace.sourcePath else {
      return ["", style.paint("source", .heading) + "  the image has no such file"]
    }
    let shownPath = TextStyle.printable(path)
    guard !trace.source.isEmpty else {
      return [
        "", style.paint("source", .heading) + "  \(shownPath) is not at hand",
        "  \(style.paint("help:", .help)) say where it lies with --source-prefix FROM=TO",
      ]
    }
    var lines = ["", style.paint("source", .heading) + "  \(shownPath)"]
    lines += trace.surroundings.map { "  " + style.paint(TextStyle.printable($0), .dim) }
    let width = min(78, trace.source.map { expanded($0.text).count }.max() ?? 0)
    return lines + trace.source.map { line($0, width, trace) }
  }

  private func line(_ line: SourceLine, _ width: Int, _ trace: MarkerTrace) -> String {
    let text = expanded(line.text)
    let places = places(ofLine: line.number, trace)
    let padding = String(repeating: " ", count: max(0, width - text.count))
    let (mark, role): (String, TextStyle.Role?) =
      switch line.role {
      case .marker: (">", .heading)
      case .previous: ("-", nil)
      case .next: ("+", nil)
      case .other: (" ", nil)
      }
    let number = "\(line.number)"
    let left = String(repeating: " ", count: max(0, 6 - number.count)) + number
    let body = role.map { style.paint(text, $0) } ?? text
    let tail = places.isEmpty ? "" : padding + "  " + style.paint(places, .location)
    return "  \(mark)\(style.paint(left, .dim)) | \(body)\(tail)"
  }

  /// Where the statements of a line begin, in each body: "[1] +0x1a +0x40  [2] +0x8".
  private func places(ofLine number: Int, _ trace: MarkerTrace) -> String {
    let most = 4
    let all = trace.bodies.enumerated().compactMap { index, body -> String? in
      var addresses: [UInt64] = []
      for row in body.rows where row.line == number && row.isStatement && addresses.last != row.address {
        addresses.append(row.address)
      }
      if addresses.isEmpty { return nil }
      let shown = addresses.prefix(most).map { body.shown($0) } + (addresses.count > most ? ["…"] : [])
      return (trace.bodies.count > 1 ? "[\(index + 1)] " : "") + shown.joined(separator: " ")
    }
    return (all.prefix(most) + (all.count > most ? ["…"] : [])).joined(separator: "  ")
  }
}

/// A line of source as it is shown: tabs to the next multiple of eight, nothing that steers a terminal.
func expanded(_ text: String) -> String {
  var result = ""
  var column = 0
  for character in text {
    if character == "\t" {
      let count = 8 - column % 8
      result += String(repeating: " ", count: count)
      column += count
    } else {
      result.append(character)
      column += 1
    }
  }
  return TextStyle.printable(result)
}

extension BodyTrace {
  /// An address as its distance from the body's symbol; as it is when it lies in another part of the function.
  func shown(_ address: UInt64) -> String {
    guard address >= base, address - base < 1 << 20 else { return Self.hexadecimal(address) }
    return "+" + Self.hexadecimal(address - base)
  }

  static func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }
}
