import MarkerWrite

/// What `markers doctor` found out about one thing that probes need.
struct Checkup {
  enum State: String, CaseIterable {
    /// It is there.
    case ok
    /// It works, but not as well as it could.
    case limited
    /// It is not there, or may not be used.
    case missing
  }

  let subject: String
  let state: State
  /// One sentence, lower case, no full stop.
  let message: String
  /// The command that mends it; nil when there is nothing to mend, or no command for it.
  let remedy: String?

  init(_ subject: String, _ state: State, _ message: String, remedy: String? = nil) {
    self.subject = subject
    self.state = state
    self.message = message
    self.remedy = remedy
  }

  func text(style: TextStyle) -> String {
    let padding = String(repeating: " ", count: 7 - state.rawValue.count)
    let label = style.paint(state.rawValue, role) + padding
    let line = "\(label)  \(TextStyle.printable("\(subject): \(message)"))\n"
    return line + (remedy.map { "           \(TextStyle.printable($0))\n" } ?? "")
  }

  private var role: TextStyle.Role {
    switch state {
    case .ok: .help
    case .limited: .warning
    case .missing: .error
    }
  }

  var json: JsonValue {
    .object([
      .init("subject", .string(subject)), .init("state", .string(state.rawValue)),
      .init("message", .string(message)), .init("remedy", .optional(remedy)),
    ])
  }
}
