public import Elfutils

/// One body of a marked function as lines of source against machine addresses, with the marker's sites and lanes of
/// its variables.
public struct BodyPicture: Sendable, Hashable {
  public let code: CodeMap
  /// The marker's sites in the body, ascending.
  public let sites: [UInt64]
  public let lanes: [VariableLane]
}

/// Which line each piece of a body's code belongs to; equal for all markers of the body.
public struct CodeMap: Sendable, Hashable {
  /// The marked function.
  public let function: String
  /// The symbol that holds the body's first address; the function's name when no symbol does.
  public let symbol: String
  /// The first address's distance from the symbol.
  public let symbolOffset: UInt64
  public let isInlined: Bool
  /// The code of the body, ascending.
  public let ranges: [AddressRange]
  /// Ascending; code of no line is left out.
  public let pieces: [Piece]

  public struct Piece: Sendable, Hashable {
    public let range: AddressRange
    /// 1-based, in the marker's file.
    public let line: Int
    /// Whether it is code that was inlined from a call on the line.
    public let isInlinedCall: Bool
  }
}
