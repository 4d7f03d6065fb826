import Synchronization

/// A C source file, read into functions, blocks and statements without expanding macros.
///
/// Reading never fails and takes linear time on any bytes. What cannot be understood becomes some statement with
/// the right extent; preprocessor conditionals are treated as `Conditionals` says. Bytes from 2 GiB on are not
/// read.
public final class SourceFile: Sendable {
  /// The source.
  public let bytes: [UInt8]
  public let lines: LineTable
  /// Which macros are markers.
  public let markers: MarkerSpelling
  /// Whether `#line` directives (C11 6.10.4) give lines other numbers than they have: generated source, whose lines
  /// in line tables and records are not those of this text.
  public let renumbersLines: Bool

  /// The tokens that are left after conditionals.
  let tokens: [Token]
  let conditionals: Conditionals
  let brackets: BracketTable
  let statements: [StatementNode]
  let blocks: [BlockNode]
  let functions: [FunctionNode]
  /// The last of the readings that keep another branch: markers are asked for in the order of their lines.
  private let otherReading = Mutex<(branch: Int?, file: SourceFile?)?>(nil)

  /// Reads a source.
  ///
  /// - Parameters:
  ///   - markers: the macros that count as markers; by default `MARKER` and what begins with `MARKER_`.
  ///   - compiledLines: 1-based lines that are known to be compiled, such as those of a line table, in any order:
  ///     a preprocessor branch that holds one excludes its alternatives.
  public init(
    bytes: [UInt8], markers: MarkerSpelling = MarkerSpelling(), compiledLines: some Sequence<Int> = []
  ) {
    let bytes = bytes.count < Int(Int32.max) ? bytes : Array(bytes.prefix(Int(Int32.max) - 1))
    let lines = LineTable(bytes)
    let (all, directives) = Lexer.read(bytes)
    let compiled = compiledLines.filter { (1...lines.count).contains($0) }.sorted()
    renumbersLines = directives.contains { $0.isLine(in: bytes) }
    conditionals = Conditionals(
      bytes: bytes, tokens: all, directives: directives,
      compiledOffsets: compiled.map { lines.offset(ofLine: $0) })
    tokens = conditionals.kept(all, droppedFor: [.alwaysFalse, .alternative])
    brackets = BracketTable(tokens, lines: lines)
    var parser = StatementParser(
      bytes: bytes, tokens: tokens, brackets: brackets, lines: lines, markers: markers,
      conditionals: conditionals,
      macros: MacroShapes(bytes, directives))
    for found in FunctionFinder(bytes: bytes, tokens: tokens, brackets: brackets).find() {
      parser.read(found)
    }
    statements = parser.statements
    blocks = parser.blocks
    functions = parser.functions
    self.bytes = bytes
    self.lines = lines
    self.markers = markers
  }

  /// The functions with a body, in source order.
  public var functionBodies: [FunctionBody] {
    functions.indices.map { FunctionBody(file: self, index: $0) }
  }

  /// The function whose extent holds the line; nil outside of all functions. Of several on one line the last.
  public func function(at line: Int) -> FunctionBody? {
    guard (1...lines.count).contains(line) else { return nil }
    let end = lines.offset(ofLine: line + 1)
    var low = 0
    var high = functions.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[Int(functions[middle].first)].offset < end { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let function = FunctionBody(file: self, index: low - 1)
    return function.extent.lines.contains(line) ? function : nil
  }

  /// Whether a line lies in text that is never compiled (`#if 0`, C++).
  public func isExcluded(line: Int) -> Bool { reasonForSkipping(line) == .alwaysFalse }

  /// The same file, read so that the preprocessor branch around the line is kept; nil when it is kept already.
  func keeping(line: Int) -> SourceFile? {
    guard reasonForSkipping(line) == .alternative else { return nil }
    let branch = conditionals.branch(at: lines.offset(ofLine: line))
    return otherReading.withLock { reading in
      if let reading, reading.branch == branch { return reading.file }
      let file = SourceFile(bytes: bytes, markers: markers, compiledLines: [line])
      let isKept = file.reasonForSkipping(line) == nil
      reading = (branch, isKept ? file : nil)
      return isKept ? file : nil
    }
  }

  private func reasonForSkipping(_ line: Int) -> Conditionals.Dropped.Reason? {
    conditionals.reason(at: lines.offset(ofLine: line))
  }

  // MARK: Text

  func text(_ token: Int) -> String {
    String(decoding: bytes[tokens[token].offset..<tokens[token].endOffset], as: UTF8.self)
  }

  /// The text of an extent, as it stands in the file; ill-formed UTF-8 is repaired.
  public func text(_ extent: SourceExtent) -> String {
    String(decoding: bytes[extent.start.offset...extent.end.offset], as: UTF8.self)
  }

  /// From the first to the last token; the two may be the same.
  func extent(_ first: Int32, _ last: Int32) -> SourceExtent {
    SourceExtent(
      start: lines.position(of: tokens[Int(first)].offset),
      end: lines.position(of: tokens[Int(max(first, last))].endOffset - 1))
  }

  func optionalExtent(_ first: Int32, _ last: Int32) -> SourceExtent? {
    first >= 0 && last >= first ? extent(first, last) : nil
  }
}

/// Which macro names are markers.
public struct MarkerSpelling: Sendable, Hashable {
  private let names: Set<String>

  /// - Parameter names: names besides `MARKER` and those that begin with `MARKER_`.
  public init(alsoNamed names: Set<String> = []) { self.names = names }

  /// Whether a macro of that name is a marker.
  public func matches(_ name: String) -> Bool {
    name == "MARKER" || name.hasPrefix("MARKER_") || names.contains(name)
  }

  private static let stem = Array("MARKER".utf8)

  func matches(_ word: ArraySlice<UInt8>) -> Bool {
    let isStem = word.starts(with: Self.stem) && (word.count == 6 || word[word.startIndex + 6] == 0x5F)
    return isStem || (!names.isEmpty && names.contains(String(decoding: word, as: UTF8.self)))
  }
}

extension Directive {
  /// Whether it is `#line 1 …`, or `# 1 …` as preprocessors write it.
  fileprivate func isLine(in bytes: [UInt8]) -> Bool {
    guard kind == .other else { return false }
    let text = bytes[(offset + 1)..<endOffset].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = text.first else { return false }
    return text.starts(with: Array("line".utf8)) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
  }
}
