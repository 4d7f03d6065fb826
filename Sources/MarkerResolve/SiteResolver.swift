import CSource
import Elfutils
import MarkerScan

/// Turns found sites into the resolution of one marker: names, values, status, findings.
struct SiteResolver {
  let resolver: Resolver
  let record: MarkerRecord

  /// The resolution, and its sites in the order of those that were found.
  func resolution(of found: SiteSearch) -> (resolution: MarkerResolution, placed: [SiteResolution]) {
    var search = found
    let names = ArgumentNames.names(for: record.captures)
    var pointerReads: Set<Int> = []
    let placed = search.sites.map { found in
      let outcomes = outcomes(found, names: names, search: search)
      pointerReads.formUnion(outcomes.indices.filter { outcomes[$0].followsPointer })
      return site(found, arguments: outcomes.map(\.argument))
    }
    let sites = placed.sorted { $0.address < $1.address }
    let repeats = zip(search.sites, placed).contains { $0.machine.graph?.repeats($1.address) == true }
    if repeats { search.doubts.insert(.repeats) }
    let doubts = search.outcomes.flatMap(\.doubts) + search.doubts
    let status: ResolutionStatus = sites.isEmpty ? .none : doubts.isEmpty ? .ok : .approximate
    let resolution = MarkerResolution(
      record: record, status: status, sites: sites,
      findings: SiteFindings(
        record: record, search: search, sites: sites,
        pointerReads: pointerReads.sorted().map { record.captures[$0] }
      ).all(), sourcePath: search.path.isEmpty ? nil : search.path)
    return (resolution, placed)
  }

  private func outcomes(_ found: FoundSite, names: [String], search: SiteSearch) -> [CaptureOutcome] {
    let values = ValueResolver(resolver: resolver, found: found, search: search)
    return zip(record.captures, names).map { capture, name in values.outcome(of: capture, name: name) }
  }

  private func site(_ found: FoundSite, arguments: [ArgumentResolution]) -> SiteResolution {
    let place = SitePlacer(found: found, machine: resolver.image.identity.machine).place(arguments)
    return SiteResolution(
      address: place.address, place: resolver.symbols.place(of: place.address),
      function: found.instance.die.name ?? "?", inlineChain: found.instance.inlineChain(in: found.file),
      copy: copyKind(found),
      reason: "\(found.chosen.kind.sentence), line \(found.chosen.line)", arguments: place.arguments)
  }

  private func copyKind(_ found: FoundSite) -> CopyKind {
    if found.instance.isInlined { return .inlined }
    let symbol = resolver.symbols.place(of: found.address)?.symbol ?? ""
    guard let dot = symbol.firstIndex(of: "."), dot != symbol.startIndex else { return .outOfLine }
    return .clone(suffix: String(symbol[dot...]))
  }
}

extension FunctionInstance {
  /// The inlined calls around the instance, from the innermost outwards; empty out of line.
  func inlineChain(in file: MarkedFile) -> [InlineFrame] {
    let table = file.unit.functions
    var frames: [InlineFrame] = []
    var current = self
    while let parent = current.parent {
      defer { current = table.instances[parent] }
      if current.isSplitPart { continue }
      let callFile = current.die.unsigned(.callFile).flatMap { file.unit.path(ofFile: Int(clamping: $0)) }
      let line = current.die.unsigned(.callLine).map { Int(clamping: $0) }
      frames.append(InlineFrame(function: current.die.name ?? "?", callFile: callFile, callLine: line))
    }
    return frames
  }
}

extension Evidence.Kind {
  var sentence: String {
    switch self {
    case .ownRow: "the marker's own is_stmt row"
    case .nextStatement: "the begin of the next statement"
    case .functionEntry: "the entry of the function"
    case .callingStatement: "the begin of the caller's statement"
    case .previousStatement: "the begin of the previous statement"
    case .laterStatement: "the begin of a later statement of the block"
    case .laterInstructions: "the code of a statement behind the marker"
    case .earlierInstructions: "the code of a statement before the marker"
    case .laterCall: "a call behind the marker"
    case .earlierCall: "the return of a call before the marker"
    case .earlierInlinedCall: "the entry of an inlined call before the marker"
    case .counted: "code that is passed as often as other statements let the marker be passed"
    case .earlierStatement: "the begin of an earlier statement of the block"
    }
  }
}
