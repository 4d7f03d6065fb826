/// A pattern for names and paths: `*` any run without a slash, `**` any run, `?` one character but a slash.
public struct Glob: Sendable, Hashable {
  public let pattern: String
  private let pieces: [Piece]

  private enum Piece: Sendable, Hashable {
    case byte(UInt8)
    case one
    /// A run without a slash.
    case run
    /// A run of anything.
    case anything
  }

  public init(_ pattern: String) {
    self.pattern = pattern
    var pieces: [Piece] = []
    for byte in pattern.utf8 {
      switch byte {
      case UInt8(ascii: "?"): pieces.append(.one)
      case UInt8(ascii: "*") where pieces.last == .run: pieces[pieces.count - 1] = .anything
      case UInt8(ascii: "*") where pieces.last == .anything: break
      case UInt8(ascii: "*"): pieces.append(.run)
      default: pieces.append(.byte(byte))
      }
    }
    self.pieces = pieces
  }

  /// Whether the pattern describes all of the text.
  public func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

  /// Whether the pattern describes the path, or its end from the beginning of a component: image and source tree
  /// name a file from different directories.
  public func matches(path: String) -> Bool {
    let bytes = Array(path.utf8)
    if matches(bytes[...]) { return true }
    return bytes.indices.contains { bytes[$0] == Self.slash && matches(bytes[($0 + 1)...]) }
  }

  private static let slash = UInt8(ascii: "/")

  /// The ends of the pattern that the text read so far can stand before, as a set: time is the product of the two
  /// lengths, whatever the pattern.
  private func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var states = closed([0])
    for byte in text {
      var next: Set<Int> = []
      for state in states where state < pieces.count {
        switch pieces[state] {
        case .byte(let wanted): if byte == wanted { next.insert(state + 1) }
        case .one: if byte != Self.slash { next.insert(state + 1) }
        case .run: if byte != Self.slash { next.insert(state) }
        case .anything: next.insert(state)
        }
      }
      if next.isEmpty { return false }
      states = closed(next)
    }
    return states.contains(pieces.count)
  }

  /// The states with those behind runs, which may be empty; `**/` may be as well.
  private func closed(_ states: Set<Int>) -> Set<Int> {
    var all = states
    var pending = Array(states)
    while let state = pending.popLast() {
      guard state < pieces.count, pieces[state] == .run || pieces[state] == .anything else { continue }
      if all.insert(state + 1).inserted { pending.append(state + 1) }
    }
    return all
  }
}
