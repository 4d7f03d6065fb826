/// A finding with the place it speaks of, when that is not the marker's own line.
public struct LocatedFinding: Sendable, Hashable {
  public let finding: Finding
  public let location: FindingLocation

  public init(_ finding: Finding, at location: FindingLocation) {
    self.finding = finding
    self.location = location
  }
}

/// Where a finding points.
public enum FindingLocation: Sendable, Hashable {
  /// A place in a text file; line and byte column are 1-based.
  case text(path: String, line: Int, column: Int)
  /// A place in an image: bytes from the start of the section.
  case section(image: String, section: String, offset: UInt64)

  /// The place as compilers write it: `path:line:column` or `image(section+0x1f)`.
  public var description: String {
    switch self {
    case .text(let path, let line, let column):
      "\(path):\(line):\(column)"
    case .section(let image, let section, let offset):
      "\(image)(\(section)+0x\(String(offset, radix: 16)))"
    }
  }
}

extension LocatedFinding: Comparable {
  /// By place, then by code and message, so that output is stable.
  public static func < (left: Self, right: Self) -> Bool {
    if left.location != right.location { return left.location < right.location }
    return (left.finding.kind.code, left.finding.message) < (right.finding.kind.code, right.finding.message)
  }
}

extension FindingLocation: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.text(let path, let line, let column), .text(let otherPath, let otherLine, let otherColumn)):
      (path, line, column) < (otherPath, otherLine, otherColumn)
    case (.section(let image, let section, let offset), .section(let otherImage, let other, let otherOffset)):
      (image, section, offset) < (otherImage, other, otherOffset)
    case (.text, .section): true
    case (.section, .text): false
    }
  }
}
