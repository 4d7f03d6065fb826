/// Why a kernel traps at a probe instead of replacing the instructions there by a jump.
public enum Obstacle: Sendable, Hashable {
  /// The function's entry code has no stable stack.
  case entryText
  /// Fewer bytes than a jump takes are left in the function.
  case tooCloseToEnd(bytesLeft: Int)
  /// An instruction of the function may fault and has a fixup that may lead anywhere.
  case exceptionTable(at: UInt64)
  /// The function has bytes that are no instruction.
  case undecodable(at: UInt64)
  /// A jump of the function whose target cannot be told.
  case indirectJump(at: UInt64)
  /// A branch lands among the bytes that would be replaced.
  case branchInto(target: UInt64, from: UInt64)
  /// An instruction among the replaced bytes cannot run elsewhere.
  case notBoostable(at: UInt64)
  /// An instruction among the replaced bytes cannot be copied.
  case notCopyable(at: UInt64)
  /// A byte among those replaced is patched by another mechanism.
  case reserved(RuleName, at: UInt64)
  /// Another probe stands among the bytes that would be replaced.
  case otherProbe(at: UInt64)

  /// The address of the instruction or branch to blame; nil when none is.
  public var address: UInt64? {
    switch self {
    case .entryText, .tooCloseToEnd: nil
    case .exceptionTable(let at), .undecodable(let at), .indirectJump(let at), .notBoostable(let at),
      .notCopyable(let at), .otherProbe(let at), .reserved(_, let at):
      at
    case .branchInto(_, let from): from
    }
  }

  /// The obstacle in words, with the text of the instruction to blame if known: lower case, no full stop.
  ///
  /// - Parameter place: writes an address, for example as symbol and offset.
  public func text(instruction: String?, place: (UInt64) -> String) -> String {
    let quoted = instruction.map { "'\($0)'" } ?? "the instruction"
    switch self {
    case .entryText: return "the function is entry code"
    case .tooCloseToEnd(let bytesLeft):
      return "only \(bytesLeft) bytes are left in the function, a jump takes 5"
    case .exceptionTable(let at): return "\(quoted) at \(place(at)) has an exception fixup"
    case .undecodable(let at): return "the bytes at \(place(at)) are no instruction"
    case .indirectJump(let at): return "\(quoted) at \(place(at)) jumps to an address not known"
    case .branchInto(let target, let from):
      return "\(quoted) at \(place(from)) jumps to \(place(target)), inside the bytes to replace"
    case .notBoostable(let at): return "\(quoted) at \(place(at)) cannot run elsewhere"
    case .notCopyable(let at): return "\(quoted) at \(place(at)) cannot be copied"
    case .reserved(let rule, let at): return "the bytes at \(place(at)) belong to \(rule.noun)"
    case .otherProbe(let at): return "another probe stands at \(place(at)), inside the bytes to replace"
    }
  }
}
