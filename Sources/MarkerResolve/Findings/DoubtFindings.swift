import MarkerScan

/// The words of the finding that a doubt about a marker's sites becomes.
extension SiteDoubt {
  var kind: FindingKind {
    switch self {
    case .unconfirmed, .ambiguous, .counted: .unconfirmed
    case .contradicted, .otherCount: .countContradicted
    case .unknownJumps: .unknownJumps
    case .noGraph: .noGraph
    case .noSource: .noSource
    case .sharedCode: .sharedCode
    case .vanishedCopy: .vanishedCopy
    case .vectorised: .vectorised
    case .repeats: .repeatedInstruction
    case .unconditional: .branchMerged
    case .looped: .loopGained
    case .bypassed, .lostCopy: .copyLost
    }
  }

  /// - Parameters:
  ///   - function: the function that the marker is in.
  ///   - path: the marker's source file.
  func sentence(function: String, path: String) -> String {
    switch self {
    case .unconfirmed: "nothing beside the marker in '\(function)' confirms its place"
    case .contradicted(let kind):
      "\(kind.sentence) is not passed as often as the marker's place in '\(function)'"
    case .unknownJumps: "'\(function)' has jumps that cannot be followed"
    case .noGraph: "the code of '\(function)' cannot be decoded"
    case .noSource: "the source file '\(path)' is not at hand"
    case .sharedCode: "the code at the marker in '\(function)' is shared with code that comes from elsewhere"
    case .vanishedCopy: "'\(function)' was inlined somewhere without a trace of the marker"
    case .vectorised: "the loop around the marker in '\(function)' does several iterations at once"
    case .ambiguous: "the rows at the marker in '\(function)' may be one statement's pieces or copies of it"
    case .repeats:
      "the instruction at the marker in '\(function)' repeats itself, and no neighbour can stand for it"
    case .unconditional:
      "the code at the marker in '\(function)' runs whichever way the branch around it is taken"
    case .looped: "the place of the marker in '\(function)' is in a loop, the marker is in none"
    case .bypassed: "code behind the marker in '\(function)' is also reached without passing its place"
    case .otherCount:
      "the other statements of '\(function)' do not let the marker be passed as often as its place"
    case .counted:
      "the marker's place in '\(function)' only follows from how often other statements are passed"
    case .lostCopy: "a copy of '\(function)' has code around the marker, but no place for it"
    }
  }

  /// What the doubt rests on besides the bodies that it is about.
  var evidence: [String] {
    guard case .sharedCode(let begun) = self else { return [] }
    return ["control comes from " + list(begun.map(\.words).sorted())]
  }

  /// What the user can do about it; nil: nothing in particular.
  var help: String? {
    switch self {
    case .contradicted, .sharedCode, .looped, .otherCount: "put the marker next to a call that is not inlined"
    case .noGraph: "give the file that holds the code"
    case .noSource: "say where the source is with --source-prefix FROM=TO"
    case .unconditional: "put the marker next to a statement that the other way does not have"
    case .unconfirmed, .unknownJumps, .vanishedCopy, .vectorised, .ambiguous, .repeats, .bypassed, .counted,
      .lostCopy:
      nil
    }
  }
}

extension BegunStatements.Place {
  fileprivate var words: String {
    switch self {
    case .line(let line): "line \(line)"
    case .outside: "outside of the function"
    case .twin: "another inlined body of the function"
    }
  }
}
