import CSource
import Elfutils
import MarkerScan

/// Puts together how the places of a marker were found.
struct TraceBuilder {
  let resolver: Resolver
  let record: MarkerRecord
  let search: SiteSearch
  /// The sites as they were resolved, in the order of the search.
  let placed: [SiteResolution]

  func trace() -> MarkerTrace {
    MarkerTrace(
      sourcePath: search.path.isEmpty ? nil : search.path, source: sourceLines(),
      surroundings: search.placement.map { surroundings($0) } ?? [],
      bodies: search.outcomes.map { body($0) })
  }

  // MARK: source

  /// The lines that are shown: from the statement before the marker to the one behind it, with some around.
  private var window: ClosedRange<Int> {
    let most = 8
    // A record may claim any line.
    let line = min(max(record.line, 1), Int(Int32.max))
    guard let placement = search.placement else { return max(1, line - 4)...(line + 4) }
    let first = placement.previous?.extent.start.line ?? line
    let last = placement.next?.extent.end.line ?? line
    return min(line, max(1, first - 2, line - most))...max(line, min(last + 2, line + most))
  }

  private func sourceLines() -> [SourceLine] {
    guard let source = search.source else {
      return []
    }
    return window.filter { $0 <= source.lines.count }.map { number in
      let bytes = source.bytes[source.lines.offset(ofLine: number)..<source.lines.offset(ofLine: number + 1)]
      let text = String(decoding: bytes, as: UTF8.self)
      return SourceLine(
        number: number, text: String(text.prefix { !$0.isNewline }), role: role(ofLine: number))
    }
  }

  private func role(ofLine number: Int) -> SourceLine.Role {
    if number == record.line { return .marker }
    if search.placement?.previous?.extent.lines.contains(number) == true { return .previous }
    if search.placement?.next?.extent.lines.contains(number) == true { return .next }
    return .other
  }

  private func surroundings(_ placement: Placement) -> [String] {
    let function = placement.function
    var sentences = ["in '\(function.name)', \(describe(function.extent))"]
    if placement.block.role != .function {
      sentences.append(
        "in a \(words(placement.block.role)), \(placement.block.extent.map(describe) ?? "of no extent")")
    }
    sentences.append("before it: \(describe(placement.previous))")
    sentences.append("behind it: \(describe(placement.next))")
    return sentences
  }

  private func describe(_ statement: Statement?) -> String {
    statement.map { "\(words($0.kind)), \(describe($0.extent))" } ?? "no statement of the block"
  }

  private func describe(_ extent: SourceExtent) -> String {
    "\(extent.start.line):\(extent.start.column) to \(extent.end.line):\(extent.end.column)"
  }

  /// "thenBranch" as "then branch".
  private func words(_ value: Any) -> String {
    "\(value)".reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
  }

  // MARK: bodies

  private func body(_ outcome: InstanceOutcome) -> BodyTrace {
    let table = outcome.file.unit.functions
    let container = table.instances[outcome.instance.container]
    let code = CodeTrace(resolver: resolver, outcome: outcome)
    let ranges = outcome.instance.die.ranges.sorted()
    let place = ranges.first.flatMap { resolver.symbols.place(of: $0.start) }
    let sites = zip(search.sites, placed).filter { $0.0.belongs(to: outcome) }
    return BodyTrace(
      function: outcome.instance.die.name ?? "?", container: container.die.name ?? "?",
      symbol: place?.symbol, base: (ranges.first?.start ?? 0) &- (place?.offset ?? 0),
      isInlined: outcome.instance.isInlined, inlineChain: outcome.instance.inlineChain(in: outcome.file),
      ranges: ranges, rows: code.rows(in: ranges, lines: window), evidence: evidence(of: outcome),
      equations: equations(of: outcome),
      choice: choice(outcome.choice), doubts: outcome.doubts.map(\.words),
      sites: sites.map { code.site($0.0, at: $0.1.address) }.sorted { $0.address < $1.address },
      lanes: LaneBuilder(resolver: resolver, record: record, search: search, outcome: outcome).lanes())
  }

  private func choice(_ choice: SiteChoice) -> String {
    switch choice {
    case .sites(let chosen):
      "\(chosen.kind.sentence), line \(chosen.line); of the other arguments \(chosen.agreeing.count) agree and "
        + "\(chosen.contradictions.count) do not; equations that hold: \(chosen.confirmations)"
    case .dead: "none: nothing of the marker's block is left in this body"
    case .elsewhere: "none: the function was split, and the marker is in its other part"
    case .lost: "none: code of the block is left, but nothing stands for the marker"
    }
  }

  private func evidence(of outcome: InstanceOutcome) -> [EvidenceTrace] {
    guard case .sites(let chosen) = outcome.choice else {
      return outcome.evidence.map { trace($0, .unknown) }
    }
    let graph = outcome.machine.graph
    var result = outcome.evidence.map { trace($0, relation(of: $0, to: chosen, graph)) }
    // A choice that was moved behind a call is none of the arguments it was chosen among.
    let isListed = result.contains { if case .chosen = $0.relation { true } else { false } }
    if !isListed {
      let readings = [chosen.candidates.map { PlaceTrace($0) }]
      result.insert(
        EvidenceTrace(
          sentence: chosen.kind.sentence, line: chosen.line, readings: readings, relation: .chosen(reading: 0)
        ), at: 0)
    }
    return result + effects(of: outcome, chosen)
  }

  /// What the code around the places does, where it was asked.
  private func effects(of outcome: InstanceOutcome, _ chosen: ChosenSites) -> [EvidenceTrace] {
    guard let proof = outcome.proof else { return [] }
    let support = proof.support(for: chosen.candidates.addresses)
    let statements =
      support.agreeing.map { ($0, EvidenceTrace.Relation.agrees(reading: 0)) }
      + support.differing.map { ($0, .disagrees) }
    return support.decided.map { address in
      EvidenceTrace(
        sentence: "the decision that leads to the marker, taken", line: record.line,
        readings: [[PlaceTrace(address: address, view: 0)]], relation: .agrees(reading: 0))
    }
      + statements.map { statement, relation in
        EvidenceTrace(
          sentence: "what a statement does", line: statement.extent.start.line,
          readings: [proof.effects.places(of: statement).sorted().map { PlaceTrace(address: $0, view: 0) }],
          relation: relation)
      }
  }

  private func equations(of outcome: InstanceOutcome) -> [EquationTrace] {
    guard case .sites(let chosen) = outcome.choice, let graph = outcome.machine.graph else { return [] }
    let equations = outcome.confirmations + [outcome.counts?.equation].compactMap { $0 }
    return equations.map { equation in
      let readings = equation.readings(for: chosen.candidates.addresses, in: graph)
      let shown = readings ?? equation.terms.map { $0.variants.first ?? [] }
      return EquationTrace(
        terms: zip(equation.terms, shown).map { .init(isAdded: $0.isAdded, addresses: $1.sorted()) },
        holds: readings != nil)
    }
  }

  private func relation(
    of evidence: Evidence, to chosen: ChosenSites, _ graph: FlowGraph?
  ) -> EvidenceTrace.Relation {
    if evidence.kind == chosen.kind, evidence.line == chosen.line,
      let reading = evidence.variants.firstIndex(of: chosen.candidates)
    {
      return .chosen(reading: reading)
    }
    guard let graph else { return .unknown }
    let equal = evidence.variants.firstIndex {
      graph.balance(chosen.candidates.addresses, $0.addresses) == .equal
    }
    return equal.map { .agrees(reading: $0) } ?? .disagrees
  }

  private func trace(_ evidence: Evidence, _ relation: EvidenceTrace.Relation) -> EvidenceTrace {
    EvidenceTrace(
      sentence: evidence.kind.sentence, line: evidence.line,
      readings: evidence.variants.map { $0.map { PlaceTrace($0) } }, relation: relation)
  }
}

extension PlaceTrace {
  init(_ candidate: SiteCandidate) { self.init(address: candidate.address, view: candidate.view) }
}
