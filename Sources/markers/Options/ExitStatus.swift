import ArgumentParser

/// What the command's exit status says; a wrong command line is 64, which ArgumentParser gives.
enum ExitStatus: Int32, Comparable {
  /// Everything was processed and nothing was found at error level.
  case clean = 0
  /// Everything was processed; there are findings at error level.
  case findings = 1
  /// An input could not be processed, or the output could not be written.
  case failure = 2

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Ends the command with this status.
  func exit() throws {
    if self != .clean { throw ExitCode(rawValue) }
  }
}
