public import Elfutils

/// How the places of one marker were found: what a reader needs to check the choice by eye.
public struct MarkerTrace: Sendable, Hashable {
  /// Where the source lies as far as the image and the prefixes say; nil when the image has no such file.
  public let sourcePath: String?
  /// The lines around the marker; empty when the source is not at hand.
  public let source: [SourceLine]
  /// What the source says of the marker's surroundings, one sentence each; empty when it is not at hand.
  public let surroundings: [String]
  /// What became of the marker in each body of its function, in the order of the debugging information.
  public let bodies: [BodyTrace]
}

/// One line of the marker's file.
public struct SourceLine: Sendable, Hashable {
  public enum Role: Sendable, Hashable {
    /// The line that the marker's record names.
    case marker
    /// A line of the statement before the marker, or of the one behind it.
    case previous, next
    case other
  }

  /// 1-based.
  public let number: Int
  /// Without the line's end.
  public let text: String
  public let role: Role
}

/// One body of the marked function: out of line, a clone, or inlined somewhere.
public struct BodyTrace: Sendable, Hashable {
  /// The marked function.
  public let function: String
  /// The out-of-line function whose machine code holds the body; the same as `function` out of line.
  public let container: String
  /// The symbol that holds the body's first address; nil when none does.
  public let symbol: String?
  /// The address of that symbol, else of the body.
  public let base: UInt64
  public let isInlined: Bool
  /// From the innermost inlined call outwards; empty out of line.
  public let inlineChain: [InlineFrame]
  /// The code of the body.
  public let ranges: [AddressRange]
  /// The rows of the lines around the marker in this body, by address and view.
  public let rows: [RowTrace]
  public let evidence: [EvidenceTrace]
  /// Empty when there is no choice or no graph.
  public let equations: [EquationTrace]
  /// What was chosen and why, one sentence.
  public let choice: String
  /// The reasons not to rely on the choice; empty when it was shown to be right.
  public let doubts: [String]
  /// By address; empty when the body has no place for the marker.
  public let sites: [SiteTrace]
  /// One for each variable that the marker's expressions name, in their order.
  public let lanes: [VariableLane]
}

/// A row of the line number table.
public struct RowTrace: Sendable, Hashable {
  public let address: UInt64
  /// The file when it is not the marker's own.
  public let file: String?
  /// 1-based; 0 for code of no line.
  public let line: Int
  /// 1-based, in bytes; 0 when unknown.
  public let column: Int
  public let isStatement: Bool
  /// How many rows of the same address stand before this one.
  public let view: Int
}

/// One argument for the place of a marker in a body.
public struct EvidenceTrace: Sendable, Hashable {
  /// How the argument stands to the choice.
  public enum Relation: Sendable, Hashable {
    /// The choice is the reading with this index.
    case chosen(reading: Int)
    /// The reading with this index is passed equally often.
    case agrees(reading: Int)
    /// No reading is passed equally often.
    case disagrees
    /// There is no choice, or no graph to ask.
    case unknown
  }

  /// What it is, one phrase: "the begin of the next statement".
  public let sentence: String
  /// The line of the statement.
  public let line: Int
  /// The sets of addresses that it may mean, the plainest first.
  public let readings: [[PlaceTrace]]
  public let relation: Relation
}

/// An equation of the source's control flow: the marker is passed as often as some places together, less others.
public struct EquationTrace: Sendable, Hashable {
  public struct Term: Sendable, Hashable {
    public let isAdded: Bool
    /// Ascending.
    public let addresses: [UInt64]
  }

  public let terms: [Term]
  /// Whether the graph shows it for the choice; an equation that it does not show says nothing against the choice.
  public let holds: Bool
}

/// An address with the view of its row.
public struct PlaceTrace: Sendable, Hashable {
  public let address: UInt64
  public let view: UInt64
}

/// One address of the marker with the code around it.
public struct SiteTrace: Sendable, Hashable {
  /// Where the probe goes.
  public let address: UInt64
  /// The address and view at which values are looked up.
  public let moment: PlaceTrace
  /// The blocks near the site, by address; empty when the code cannot be decoded.
  public let blocks: [BlockTrace]
  /// How many blocks the function has.
  public let blockCount: Int
}

/// A basic block of the control-flow graph.
public struct BlockTrace: Sendable, Hashable {
  public enum Exit: Sendable, Hashable {
    /// To the successors only.
    case inside
    /// Control may leave the function.
    case leaves
    /// Control ends here: a call that does not return, a trap.
    case stops
    /// An indirect jump without a known table.
    case unknown
  }

  /// The number within the function, by address from 0.
  public let number: Int
  public let range: AddressRange
  public let isEntry: Bool
  public let holdsSite: Bool
  public let predecessors: [Int]
  public let successors: [Int]
  public let exit: Exit
  /// The lines of the marker's file that the block has code of, ascending.
  public let lines: [Int]
  /// The instructions near the site; empty for a block that is only listed.
  public let instructions: [InstructionTrace]
  /// How many instructions of the block stand before and behind those.
  public let omitted: Omitted

  public struct Omitted: Sendable, Hashable {
    public let before: Int
    public let behind: Int
  }
}

/// One machine instruction.
public struct InstructionTrace: Sendable, Hashable {
  public let address: UInt64
  /// The assembler text; nil when the decoder does not know the instruction.
  public let text: String?
  /// What a jump or call leads to, as symbol and offset or the name of a symbol outside of the file; nil for every
  /// other instruction.
  public let target: String?
  /// The rows that begin at the instruction, by view.
  public let rows: [RowTrace]
}
