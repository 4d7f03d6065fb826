import Dispatch
import MarkerWrite
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A line at the end of the terminal that says what a command is doing, once it has taken a second.
///
/// Standard error must be a terminal: a pipe or a file gets nothing. The line is wiped before anything else is
/// written, so that it leaves no trace.
final class ProgressLine: Sendable {
  static let shared = ProgressLine()

  private struct State {
    var text = ""
    var isShown = false
    var timer: (any DispatchSourceTimer)?
  }

  private let state = Mutex(State())
  private let isTerminal = isatty(2) == 1 && environment("TERM") != "dumb"

  /// What is being done from now on; cheap enough to be told for each marker.
  func tell(_ text: @autoclosure () -> String) {
    guard isTerminal else { return }
    let text = text()
    state.withLock { state in
      state.text = text
      if state.timer != nil { return }
      let timer = DispatchSource.makeTimerSource()
      timer.schedule(deadline: .now() + 1, repeating: 0.1)
      timer.setEventHandler { [weak self] in self?.show() }
      timer.resume()
      state.timer = timer
    }
  }

  /// The work is done: wipes the line.
  func end() {
    state.withLock { state in
      state.timer?.cancel()
      state.timer = nil
      Self.wipe(&state)
    }
  }

  /// Wipes the line for other text; it comes back when the work goes on.
  func clear() {
    state.withLock { Self.wipe(&$0) }
  }

  private func show() {
    state.withLock { state in
      if state.timer == nil { return }
      let text = TextStyle.printable("markers: " + state.text).prefix(Self.columnCount - 1)
      state.isShown = true
      Self.write("\r\u{1B}[K\(text)")
    }
  }

  private static func wipe(_ state: inout State) {
    if state.isShown { write("\r\u{1B}[K") }
    state.isShown = false
  }

  /// The terminal's width; a line that wraps could not be wiped.
  private static var columnCount: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }
}
