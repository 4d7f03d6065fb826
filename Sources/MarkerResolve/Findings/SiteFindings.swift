import CSource
import Elfutils
import MarkerScan

/// Words the findings of one resolved marker: what its sites are, why they are not relied on, why there are none.
struct SiteFindings {
  let record: MarkerRecord
  let search: SiteSearch
  let sites: [SiteResolution]
  /// The captures that some site reads through a pointer, in the record's order.
  let pointerReads: [Capture]

  private var function: String { search.origins.first?.name ?? "?" }

  /// In the order of their codes.
  func all() -> [Finding] {
    let variables = VariableFindings(record: record, sites: sites, pointerReads: pointerReads).all()
    let own = sites.isEmpty ? [absence()] : copies() + doubts()
    return (own + [lastInBlock()].compactMap { $0 } + variables).sorted {
      ($0.kind.code, $0.message) < ($1.kind.code, $1.message)
    }
  }

  // MARK: what the sites are

  private func copies() -> [Finding] {
    [duplicated(), inlined(), cloned(), moved()].compactMap { $0 }
  }

  /// Several addresses of one body: the bodies are told apart by function and inline chain.
  private func duplicated() -> Finding? {
    let bodies = search.outcomes.compactMap { outcome -> [UInt64]? in
      guard case .sites(let chosen) = outcome.choice, chosen.candidates.addresses.count > 1 else {
        return nil
      }
      return chosen.candidates.addresses.sorted()
    }
    guard let most = bodies.max(by: { $0.count < $1.count }) else { return nil }
    return Finding(
      .duplicatedCode, "the code at the marker has \(most.count) copies within one body of '\(function)'",
      notes: ["one body has it at " + list(most.map(hexadecimal))])
  }

  private func inlined() -> Finding? {
    let copies = sites.filter { $0.copy == .inlined }
    guard let first = copies.first else { return nil }
    let callers = Set(copies.compactMap { $0.place?.symbol }).sorted()
    return Finding(
      .inlined,
      "'\(first.function)' was inlined, which gives the marker \(copies.count) of its \(sites.count) places",
      notes: callers.isEmpty ? [] : ["their code is in " + list(callers.map { "'\($0)'" })])
  }

  private func cloned() -> Finding? {
    let clones = sites.compactMap { site -> String? in
      if case .clone = site.copy { site.place?.symbol } else { nil }
    }
    guard !clones.isEmpty else { return nil }
    let names = Set(clones).sorted()
    return Finding(.cloned, "'\(function)' was cloned: the marker is in \(list(names.map { "'\($0)'" }))")
  }

  private func moved() -> Finding? {
    let others = search.sites.filter { $0.chosen.kind > .nextStatement }
    guard let first = others.first else { return nil }
    let lines = Set(others.map(\.chosen.line)).sorted()
    return Finding(
      .moved,
      "the marker on line \(record.line) of '\(function)' is probed at \(first.chosen.kind.sentence), line "
        + list(lines.map(String.init)),
      notes: ["\(others.count) of \(search.sites.count) places are such"])
  }

  // MARK: doubts

  private func doubts() -> [Finding] {
    var seen: Set<SiteDoubt> = []
    return (search.outcomes.flatMap(\.doubts) + search.doubts).filter { seen.insert($0).inserted }.map(
      finding)
  }

  private func finding(_ doubt: SiteDoubt) -> Finding {
    Finding(
      doubt.kind, doubt.sentence(function: function, path: search.path),
      notes: doubt.evidence + bodies(with: doubt), help: doubt.help)
  }

  /// The bodies that a doubt is about, where there are others.
  private func bodies(with doubt: SiteDoubt) -> [String] {
    let doubtful = search.outcomes.filter { $0.doubts.contains(doubt) }
    guard search.outcomes.count > 1, !doubtful.isEmpty else { return [] }
    let starts = doubtful.compactMap { $0.instance.die.ranges.first?.start }.sorted()
    return [
      "this is so in \(doubtful.count) of \(search.outcomes.count) bodies, which begin at "
        + list(starts.map(hexadecimal))
    ]
  }

  // MARK: no place

  private func absence() -> Finding {
    guard !search.origins.isEmpty, !search.isBehindFunctions(record.line) else {
      return Finding(
        .functionMissing, "line \(record.line) of '\(search.path)' is in no function that was compiled",
        help: "check that the source and the image are of the same version")
    }
    let names = list(Set(search.origins.map(\.name)).sorted().map { "'\($0)'" })
    guard !search.outcomes.isEmpty else {
      return Finding(.functionUnused, "\(names) has no code in the image")
    }
    let isDead = search.outcomes.allSatisfy { if case .dead = $0.choice { true } else { false } }
    if isDead {
      return Finding(.deadCode, "the compiler removed the code at the marker in \(names)")
    }
    return Finding(
      .placeLost, "no address in \(names) stands for line \(record.line)",
      help: "move the marker next to a call or an assignment to memory")
  }

  private func lastInBlock() -> Finding? {
    guard let placement = search.placement, placement.marker != nil, placement.next == nil else { return nil }
    return Finding(
      .lastInBlock, "the marker is the last statement of its block in '\(placement.function.name)'",
      help: "move it before the statement above it")
  }
}

extension MarkerResolution {
  /// Why a record has no file in the image.
  enum FileProblem {
    case unknown(String)
    /// The paths that fit equally well, sorted.
    case ambiguous(String, [String])
    /// The split files that cannot be found, sorted, and the package beside the image.
    case split(String, [String], package: String?)
  }

  /// The resolution when further units that compiled the file cannot be read.
  func lacking(splitFiles missing: [String], package: String?) -> MarkerResolution {
    MarkerResolution(
      record: record, status: sites.isEmpty ? .none : .approximate, sites: sites,
      findings: (findings + [Self.splitFileMissing(record.file, missing, package)]).sorted {
        $0.kind.code < $1.kind.code
      })
  }

  private static func splitFileMissing(_ path: String, _ missing: [String], _ package: String?) -> Finding {
    Finding(
      .splitFileMissing,
      "the debugging information of '\(path)' lies in \(list(missing.map { "'\($0)'" })), which cannot be found",
      notes: package.map { ["the package '\($0)' is not read"] } ?? [],
      help: "put the .dwo file where the compiler wrote it, or build without -gsplit-dwarf")
  }

  static func unresolved(_ record: MarkerRecord, _ problem: FileProblem) -> MarkerResolution {
    let finding =
      switch problem {
      case .unknown(let path):
        Finding(
          .fileUnknown, "no code of the image was compiled from '\(path)'",
          help: "check the path, or give the image or module that the file belongs to")
      case .ambiguous(let path, let paths):
        Finding(
          .fileAmbiguous, "'\(path)' fits \(paths.count) files of the image equally well",
          notes: ["they are " + list(paths.map { "'\($0)'" })], help: "write more of the path")
      case .split(let path, let missing, let package): splitFileMissing(path, missing, package)
      }
    return MarkerResolution(record: record, status: .none, sites: [], findings: [finding])
  }
}

/// The first few of some words, and how many more there are.
func list(_ words: [String]) -> String {
  let shown = words.prefix(4).joined(separator: ", ")
  return words.count > 4 ? "\(shown) and \(words.count - 4) more" : shown
}

/// An address as `0x…`.
func hexadecimal(_ address: UInt64) -> String { "0x" + String(address, radix: 16) }
