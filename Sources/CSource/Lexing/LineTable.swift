/// Where the lines of a source begin; turns offsets into lines and columns.
public struct LineTable: Sendable {
  /// The offset of each line's first byte; never empty.
  private let starts: [Int32]
  private let byteCount: Int

  init(_ bytes: [UInt8]) {
    var starts: [Int32] = [0]
    starts.reserveCapacity(bytes.count / 24)
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(Int32(clamping: offset + 1))
    }
    self.starts = starts
    self.byteCount = bytes.count
  }

  /// The number of lines; 1 for an empty source.
  public var count: Int { starts.count }

  /// The 1-based line and byte column of an offset; an offset behind the end belongs to the last line.
  public func position(of offset: Int) -> SourcePosition {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: offset - Int(starts[low]) + 1, offset: offset)
  }

  /// The offset of the line's first byte; 0 for lines before the first, the source's end behind the last.
  public func offset(ofLine line: Int) -> Int {
    if line < 1 { return 0 }
    return line <= starts.count ? Int(starts[line - 1]) : byteCount
  }
}

/// A place in a source.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// 1-based.
  public let line: Int
  /// 1-based, in bytes.
  public let column: Int
  /// Bytes from the start of the source.
  public let offset: Int

  public static func < (left: Self, right: Self) -> Bool { left.offset < right.offset }
}

/// A run of source text.
public struct SourceExtent: Sendable, Hashable {
  /// The first byte.
  public let start: SourcePosition
  /// The last byte, not the one behind it: `end.line` is the last line that the text touches.
  public let end: SourcePosition

  /// The 1-based lines that the text touches.
  public var lines: ClosedRange<Int> { start.line...max(start.line, end.line) }
  /// Whether the byte at the offset is part of the text.
  public func contains(_ offset: Int) -> Bool { start.offset <= offset && offset <= end.offset }
}

extension SourceExtent {
  /// From the begin of this extent to the end of another.
  public func through(_ other: SourceExtent) -> SourceExtent { SourceExtent(start: start, end: other.end) }
}
