/// An address with the view of the row that stands there.
struct SiteCandidate: Hashable {
  let address: UInt64
  let view: UInt64
}

/// A set of addresses that one argument says the marker's executions pass, one each time.
struct Evidence {
  enum Kind: Int, Comparable {
    /// The marker's own is_stmt row.
    case ownRow
    /// The begin of the statement behind the marker.
    case nextStatement
    /// The entry of the function, for a marker that stands first in it.
    case functionEntry
    /// The begin of the statement before the marker, which control passes straight through.
    case previousStatement
    /// The begin of the statement behind the next one, which control passes straight through.
    case laterStatement
    /// The begin of a statement further up.
    case earlierStatement

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  let line: Int
  let candidates: [SiteCandidate]

  var addresses: Set<UInt64> { Set(candidates.map(\.address)) }
}
