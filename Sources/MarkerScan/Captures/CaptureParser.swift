import CSource

/// A capture and what kept its expression from being read.
struct ParsedCapture: Hashable {
  let capture: Capture
  let problem: CaptureProblem?
}

extension Capture {
  /// Reads captures separated by top-level commas: `a, first=p->x:u32, name:string[2]`.
  ///
  /// Commas inside parentheses, brackets, strings and character constants separate nothing. White space alone
  /// means no captures; an empty piece between commas is a capture without expression. Never fails: a capture
  /// that cannot be read has `expression == nil` and says why in `unsupported`.
  public static func list(_ text: String) -> [Capture] {
    CaptureParser(Array(text.utf8)).captures().map(\.capture)
  }

  /// Reads one capture; a comma at top level makes it unsupported.
  public init(parsing text: String) {
    let parser = CaptureParser(Array(text.utf8))
    self = parser.capture(of: 0..<parser.text.tokens.count, emptyAt: 0).capture
  }
}

/// Takes apart `label=expression:format[count], …`.
struct CaptureParser {
  let text: TokenizedText
  /// For each token, how many brackets are open around it.
  private let depths: [Int]

  init(_ bytes: [UInt8]) {
    self.text = TokenizedText(bytes)
    self.depths = Self.bracketDepths(self.text.tokens)
  }

  /// The captures in the order written; empty for white space alone.
  func captures() -> [ParsedCapture] {
    let count = text.tokens.count
    guard count > 0 else { return [] }
    let commas = (0..<count).filter { depths[$0] == 0 && text.tokens[$0].is(.comma) }
    var pieces: [ParsedCapture] = []
    var start = 0
    for end in commas + [count] {
      let emptyAt = end < count ? text.tokens[end].offset : text.bytes.count
      pieces.append(capture(of: start..<end, emptyAt: emptyAt))
      start = end + 1
    }
    return pieces
  }

  func capture(of range: Range<Int>, emptyAt: Int) -> ParsedCapture {
    var expressionRange = range
    let label = takeLabel(&expressionRange)
    do throws(CaptureProblem) {
      if let label, label.utf8.count > RecordLimit.labelByteCount {
        throw .malformed(
          "the label '\(label)' is longer than \(RecordLimit.labelByteCount) bytes",
          at: text.tokens[range.lowerBound].offset)
      }
      let format = try takeFormat(&expressionRange)
      return build(range, label: label, expressionRange: expressionRange, format: format, emptyAt: emptyAt)
    } catch {
      return ParsedCapture(
        capture: Capture(
          text: text.text(of: range), label: label, expressionText: text.text(of: expressionRange),
          expression: nil, unsupported: error.reason, format: nil),
        problem: error)
    }
  }

  private func build(
    _ range: Range<Int>, label: String?, expressionRange: Range<Int>, format: CaptureFormat?, emptyAt: Int
  ) -> ParsedCapture {
    var expression: Expression?
    var problem: CaptureProblem?
    do throws(CaptureProblem) {
      var parser = ExpressionParser(text, expressionRange, emptyAt: emptyAt)
      expression = try parser.parseAll()
    } catch {
      problem = error
    }
    let capture = Capture(
      text: text.text(of: range), label: label, expressionText: text.text(of: expressionRange),
      expression: expression, unsupported: problem?.reason, format: format)
    return ParsedCapture(capture: capture, problem: problem)
  }

  /// `identifier =` at the start; `==` is a token of its own and no label.
  private func takeLabel(_ range: inout Range<Int>) -> String? {
    guard range.count >= 2, text.tokens[range.lowerBound].isIdentifier,
      text.tokens[range.lowerBound + 1].is(.assign)
    else { return nil }
    let label = text.text(of: text.tokens[range.lowerBound])
    range = (range.lowerBound + 2)..<range.upperBound
    return label
  }

  /// The part behind the last top-level colon that pairs with no `?` before it.
  private func takeFormat(_ range: inout Range<Int>) throws(CaptureProblem) -> CaptureFormat? {
    var unpairedQuestions = 0
    var formatColon: Int?
    for index in range where depths[index] == 0 {
      if text.tokens[index].is(.question) {
        unpairedQuestions += 1
      } else if text.tokens[index].is(.colon) {
        if unpairedQuestions > 0 { unpairedQuestions -= 1 } else { formatColon = index }
      }
    }
    guard let colon = formatColon else { return nil }
    let formatRange = (colon + 1)..<range.upperBound
    range = range.lowerBound..<colon
    return try CaptureFormat(text, formatRange, after: text.tokens[colon])
  }

  /// A closing bracket lies outside of what it closes; one that closes nothing changes no depth.
  private static func bracketDepths(_ tokens: [Token]) -> [Int] {
    var depth = 0
    return tokens.map { token in
      if token.is(.rightParenthesis) || token.is(.rightBracket) || token.is(.rightBrace) {
        depth = max(0, depth - 1)
        return depth
      }
      let outside = depth
      if token.is(.leftParenthesis) || token.is(.leftBracket) || token.is(.leftBrace) { depth += 1 }
      return outside
    }
  }
}
