public import Elfutils

/// Where a variable is live over one body of code, from its location list (DWARF 5 section 2.6.2).
public struct VariableLane: Sendable, Hashable {
  public let name: String
  /// By address; gaps are where the variable is lost.
  public let segments: [Segment]
  /// Why there is nothing to show; nil when there are segments.
  public let absence: String?

  public struct Segment: Sendable, Hashable {
    public let range: AddressRange
    public let kind: Kind
    /// Where it is: "%di", "-8 from the frame base", "constant 3".
    public let place: String
  }

  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case register, memory, constant, computed
    /// Only the value at the function's entry is known.
    case entryValue = "entry"
    case pieces
  }
}
