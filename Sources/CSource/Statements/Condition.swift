/// A condition in the parts that control tests one by one (C11 6.5.13, 6.5.14).
public indirect enum Condition: Sendable, Hashable {
  /// What is tested as a whole, with the operator in front of it: compilers give a test the place of either.
  ///
  /// - Parameter isPlain: whether nothing in it is tested by itself, as far as the text shows.
  case test(SourceExtent, isPlain: Bool)
  case both(Condition, Condition)
  case either(Condition, Condition)
  case not(Condition)
}

extension SourceFile {
  /// Reads the condition that an extent holds.
  public func condition(in extent: SourceExtent) -> Condition {
    let first = token(at: extent.start.offset)
    var last = first
    while last + 1 < tokens.count, tokens[last + 1].offset <= extent.end.offset { last += 1 }
    return ConditionReader(file: self).read(first...last, from: first, depth: 0)
  }

  /// The index of the first token at or behind an offset.
  private func token(at offset: Int) -> Int {
    var low = 0
    var high = tokens.count - 1
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

private struct ConditionReader {
  let file: SourceFile

  /// Conditions that are nested deeper are read as one test.
  private static let deepest = 64

  /// - Parameter from: the operator in front of the part, or its first token.
  func read(_ part: ClosedRange<Int>, from: Int, depth: Int) -> Condition {
    guard depth < Self.deepest, !hasLooserOperator(part) else { return test(part, from) }
    for (punctuator, make) in [(Punctuator.logicalOr, Condition.either), (.logicalAnd, Condition.both)] {
      guard let place = last(punctuator, in: part), place > part.lowerBound, place < part.upperBound else {
        continue
      }
      return make(
        read(part.lowerBound...place - 1, from: from, depth: depth + 1),
        read(place + 1...part.upperBound, from: place, depth: depth + 1))
    }
    if let inner = inside(part) { return read(inner, from: from, depth: depth + 1) }
    if file.tokens[part.lowerBound].is(.exclamation), part.count > 1,
      let inner = inside(part.lowerBound + 1...part.upperBound)
    {
      return .not(read(inner, from: from, depth: depth + 1))
    }
    return test(part, from)
  }

  private func test(_ part: ClosedRange<Int>, _ from: Int) -> Condition {
    let decides: [Punctuator] = [.logicalAnd, .logicalOr, .question, .leftBrace]
    let isPlain = !part.contains { index in decides.contains { file.tokens[index].is($0) } }
    return .test(file.extent(Int32(from), Int32(part.upperBound)), isPlain: isPlain)
  }

  /// What parentheses around all of a part hold; nil when there are none.
  private func inside(_ part: ClosedRange<Int>) -> ClosedRange<Int>? {
    guard file.tokens[part.lowerBound].is(.leftParenthesis), part.count > 2,
      file.brackets.partner(of: part.lowerBound) == part.upperBound
    else { return nil }
    return part.lowerBound + 1...part.upperBound - 1
  }

  /// Whether a part has an operator outside of brackets that binds less than `||`.
  private func hasLooserOperator(_ part: ClosedRange<Int>) -> Bool {
    outer(part).contains { index in
      file.tokens[index].is(.question) || file.tokens[index].is(.comma) || file.tokens[index].assigns
    }
  }

  private func last(_ punctuator: Punctuator, in part: ClosedRange<Int>) -> Int? {
    outer(part).last { file.tokens[$0].is(punctuator) }
  }

  /// The tokens of a part that are in no brackets.
  private func outer(_ part: ClosedRange<Int>) -> [Int] {
    var result: [Int] = []
    var index = part.lowerBound
    while index <= part.upperBound {
      result.append(index)
      index = max(index, file.brackets.partner(of: index) ?? 0) + 1
    }
    return result
  }
}
