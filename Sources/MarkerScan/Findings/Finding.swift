/// How serious a finding is.
public enum FindingLevel: String, Sendable, Comparable, CaseIterable {
  case note, warning, error

  public static func < (left: Self, right: Self) -> Bool {
    func rank(_ level: Self) -> Int {
      switch level {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
    return rank(left) < rank(right)
  }
}

/// One kind of finding: a stable code with its explanation. Each kind stands in a file of its own.
public struct FindingKind: Sendable, Hashable {
  /// The stable code, "M" and three digits: 0xx records, 1xx sites, 2xx variables, 3xx kernel, 4xx definitions,
  /// 5xx policies, baseline and allowances.
  public let code: String
  /// The kebab-case name, also stable.
  public let name: String
  /// The level at which the finding is reported unless the user says otherwise.
  public let level: FindingLevel
  /// One sentence, lower case, no full stop.
  public let summary: String
  /// The page that `markers explain` prints, in Markdown.
  public let explanation: String

  public init(_ code: String, _ name: String, _ level: FindingLevel, summary: String, explanation: String) {
    self.code = code
    self.name = name
    self.level = level
    self.summary = summary
    self.explanation = explanation
  }

  public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// A statement about one marker: a value, never thrown.
public struct Finding: Sendable, Hashable {
  public let kind: FindingKind
  /// One sentence, lower case, no full stop, naming the entity in quotes.
  public let message: String
  /// The evidence, one sentence each; may be empty.
  public let notes: [String]
  /// The one action to take; nil when there is none.
  public let help: String?

  public init(_ kind: FindingKind, _ message: String, notes: [String] = [], help: String? = nil) {
    self.kind = kind
    self.message = message
    self.notes = notes
    self.help = help
  }
}
