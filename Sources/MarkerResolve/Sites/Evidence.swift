/// An address to probe, and the moment whose values are wanted there.
struct SiteCandidate: Hashable {
  /// Where the probe goes.
  let address: UInt64
  /// The address of the line table row that stands for the marker: where its variables are looked up.
  let momentAddress: UInt64
  /// The view of that row.
  let view: UInt64

  init(address: UInt64, view: UInt64) {
    self.address = address
    momentAddress = address
    self.view = view
  }

  /// The same moment, probed elsewhere.
  init(_ candidate: SiteCandidate, movedTo address: UInt64) {
    self.address = address
    momentAddress = candidate.momentAddress
    view = candidate.view
  }
}

/// What one argument says of the addresses that the marker's executions pass, one each time.
struct Evidence {
  enum Kind: Int, Comparable {
    /// The marker's own is_stmt row.
    case ownRow
    /// The begin of the statement behind the marker.
    case nextStatement
    /// The begin of the statement before the marker, which control passes straight through.
    case previousStatement
    /// The begin of a statement behind the next one, which control passes straight to.
    case laterStatement
    /// The begin of a statement further up.
    case earlierStatement
    /// A call that the source makes behind the marker, in statements that control passes straight to.
    case laterCall
    /// The return of a call that the source makes before the marker.
    case earlierCall
    /// The entry of an inlined call before the marker: what was inlined need not come to its end.
    case earlierInlinedCall
    /// The instructions of a statement behind the marker that lost its row, first of each run.
    case laterInstructions
    /// The instructions of such a statement before the marker.
    case earlierInstructions
    /// The entry of the function, for a marker that control reaches straight from there.
    case functionEntry
    /// The begin of the caller's statement that the body was inlined for, for a marker that control reaches straight
    /// from the body's entry.
    case callingStatement
    /// Code that is passed as often as the other statements of the function let the marker be passed.
    case counted

    /// Whether the addresses are within a statement, not where it begins.
    var isInside: Bool {
      switch self {
      case .laterCall, .earlierCall, .earlierInlinedCall, .laterInstructions, .earlierInstructions, .counted:
        true
      case .ownRow, .nextStatement, .previousStatement, .laterStatement, .earlierStatement, .functionEntry,
        .callingStatement:
        false
      }
    }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  /// The line of the statement.
  let line: Int
  /// The readings of the argument, the plainest first; never empty, none of them empty.
  let variants: [[SiteCandidate]]

  init?(kind: Kind, line: Int, variants: [[SiteCandidate]]) {
    let filled = variants.filter { !$0.isEmpty }
    guard !filled.isEmpty else { return nil }
    self.kind = kind
    self.line = line
    self.variants = filled
  }
}

extension Evidence {
  /// The reading with the most addresses: every row as a copy of its own.
  var widest: Set<UInt64> { variants.map(\.addresses).max { $0.count < $1.count } ?? [] }
}

extension [SiteCandidate] {
  var addresses: Set<UInt64> { Set(map(\.address)) }
}
