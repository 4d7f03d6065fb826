import CSource
import Elfutils
import MarkerScan

/// A machine address chosen for a marker.
struct FoundSite {
  let address: UInt64
  let moment: SiteMoment
  let file: MarkedFile
  /// The index of the body in the unit's table of functions.
  let body: Int
  let instance: FunctionInstance
  let container: FunctionInstance
  let machine: MachineFunction
  let chosen: ChosenSites

  func belongs(to outcome: InstanceOutcome) -> Bool { file === outcome.file && body == outcome.body }
}

/// What became of a marker in one body of its function.
struct InstanceOutcome {
  let file: MarkedFile
  /// The index of the body in the unit's table of functions.
  let body: Int
  let machine: MachineFunction
  /// Whether the body is out of line and holds only the part of the function that its other bodies leave to it.
  let isSplitPart: Bool
  let evidence: [Evidence]
  let confirmations: [Confirmation]
  /// What the other statements of the function say; nil when they were not asked.
  let counts: CountSettler?
  /// What the code does; nil when the source is not at hand.
  let proof: EffectProof?
  var choice: SiteChoice
  /// The reasons not to rely on the choice; empty when it was shown to be right.
  var doubts: [SiteDoubt]

  var instance: FunctionInstance { file.unit.functions.instances[body] }
}

/// All sites of a marker with what stands against them.
struct SiteSearch {
  var sites: [FoundSite] = []
  var outcomes: [InstanceOutcome] = []
  var origins: [FunctionOrigin] = []
  var placement: Placement?
  /// The marker's file; nil when it is not at hand.
  var source: SourceFile?
  /// Doubts that concern the marker as a whole.
  var doubts: Set<SiteDoubt> = []
  var path = ""

  /// The sites in one body, by address.
  func sites(of outcome: InstanceOutcome) -> [FoundSite] { sites.filter { $0.belongs(to: outcome) } }

  /// Whether the source shows that the functions, which are declared above the line, end above it, too.
  func isBehindFunctions(_ line: Int) -> Bool {
    guard placement == nil, let source else { return false }
    return origins.allSatisfy { origin in
      source.function(at: Int(origin.line)).map { $0.extent.end.line < line } ?? false
    }
  }
}

/// Finds the machine addresses of one marker in all bodies of its function.
struct SiteFinder {
  let record: MarkerRecord
  let files: [MarkedFile]
  let machines: MachineFunctions
  let symbols: SymbolMap
  let units: UnitFinder

  func find() -> SiteSearch {
    var search = SiteSearch()
    search.path = files.first?.path ?? ""
    search.source = files.lazy.compactMap(\.source).first
    search.placement = search.source?.placement(at: record.line, name: record.name)
    for file in files {
      let origins = origins(in: file, search.placement)
      search.origins += origins
      let wanted = Set(origins.map(\.offset))
      for origin in origins {
        if hasVanishedCopies(origin, file) { search.doubts.insert(.vanishedCopy) }
        for index in file.unit.functions.instances(of: origin.offset) {
          add(index, file, among: wanted, to: &search)
        }
      }
    }
    SplitFunction.settle(&search.outcomes)
    search.sites = search.outcomes.flatMap(sites)
    search.sites.sort { $0.address < $1.address }
    return search
  }

  private func hasVanishedCopies(_ origin: FunctionOrigin, _ file: MarkedFile) -> Bool {
    if file.unit.functions.hasVanishedCopies(origin, symbols) { return true }
    switch file.unit.producer {
    case .gcc: return false
    case .clang, .other: return VanishedCalls(file: file, machines: machines).exist(of: origin)
    }
  }

  private func add(_ index: Int, _ file: MarkedFile, among origins: Set<UInt64>, to search: inout SiteSearch)
  {
    let table = file.unit.functions
    let instance = table.instances[index]
    let container = table.instances[instance.container]
    let machine = machines.function(container.die)
    let instances = InstanceMap(table: table, container: instance.container)
    let rows = StatementRows(
      file: file, instance: instance, ranges: instance.die.ranges,
      nested: table.nestedRanges(of: index, among: origins),
      graph: machine.graph)
    let isSplitPart = table.isSplitPart(instance, symbols)
    let collector = EvidenceCollector(
      rows: rows, line: record.line, placement: search.placement, beginsFunction: !isSplitPart,
      calls: CallPlaces(rows: rows, body: index),
      calling: CallingStatement(of: index, in: file.unit, finder: units, graph: machine.graph))
    let begins = collector.collect()
    let calls = collector.callEvidence(includingMacros: !begins.isEmpty)
    let equations =
      search.placement.map {
        ConfirmationCollector(rows: rows, placement: $0, beginsFunction: !isSplitPart).collect()
      } ?? []
    let evidence = [begins, calls].first { !$0.isEmpty } ?? collector.instructionEvidence()
    let confirmations = begins.isEmpty ? equations : equations + calls.compactMap(Confirmation.init(call:))
    let proof = proof(file, machine, instances, index, rows, search.placement)
    let judge = SiteChooser(
      evidence: evidence, calls: calls,
      confirmations: confirmations,
      graph: machine.graph, rows: rows, placement: search.placement,
      begun: begun(file, machine, instances, index, search.placement),
      proof: proof)
    let chosen = judge.choose()
    let settler = settler(
      file, machine, index, rows, evidence + calls, search.placement, chosen,
      proof.map { CallsBetween(graph: $0.graph, lines: $0.lines, placement: $0.placement) })
    let (choice, doubts) = settler?.settle(chosen.0, chosen.1) ?? chosen
    search.outcomes.append(
      InstanceOutcome(
        file: file, body: index, machine: machine, isSplitPart: isSplitPart, evidence: evidence,
        confirmations: confirmations, counts: settler, proof: proof, choice: choice,
        doubts: doubts))
  }

  /// nil when the choice needs none, and when the counts are not known.
  private func settler(
    _ file: MarkedFile, _ machine: MachineFunction, _ index: Int, _ rows: StatementRows,
    _ evidence: [Evidence],
    _ placement: Placement?, _ chosen: (SiteChoice, [SiteDoubt]), _ between: CallsBetween?
  ) -> CountSettler? {
    guard CountSettler.concerns(chosen.0, chosen.1), let placement, let numbers = machine.passCounts,
      let counts = file.counts(of: placement.function)
    else { return nil }
    let observations = observations(of: index, rows, counts, numbers, machine, placement.function)
    return CountSettler(
      counts: counts, observations: observations, numbers: numbers, placement: placement, rows: rows,
      evidence: evidence, between: between)
  }

  private func observations(
    of body: Int, _ rows: StatementRows, _ counts: SourceCounts, _ numbers: PassCounts,
    _ machine: MachineFunction, _ function: FunctionBody
  ) -> CountObservations {
    if let known = rows.file.observations[function]?[body] { return known }
    let found = CountObserver(
      rows: rows, counts: counts, numbers: numbers, calls: CallPlaces(rows: rows, body: body),
      effects: effects(rows, machine),
      beginsFunction: !rows.file.unit.functions.isSplitPart(rows.instance, symbols),
      entered: entered(body, rows, numbers, machine)
    ).observe()
    rows.file.observations[function, default: [:]][body] = found
    return found
  }

  /// How often an inlined body is entered, by what its caller's statements say.
  private func entered(_ body: Int, _ rows: StatementRows, _ numbers: PassCounts, _ machine: MachineFunction)
    -> CountSystem.Answer?
  {
    guard rows.instance.isInlined,
      let calling = CallingStatement(of: body, in: rows.file.unit, finder: units, graph: machine.graph),
      let counts = calling.rows.file.counts(of: calling.statement.block.function),
      let form = counts.begins[calling.statement]
    else { return nil }
    let found = observations(
      of: calling.parent, calling.rows, counts, numbers, machine, calling.statement.block.function)
    return found.known(form)
  }

  private func sites(of outcome: InstanceOutcome) -> [FoundSite] {
    guard case .sites(let chosen) = outcome.choice else { return [] }
    let table = outcome.file.unit.functions
    var seen: Set<UInt64> = []
    return chosen.candidates.filter { seen.insert($0.address).inserted }.map { candidate in
      FoundSite(
        address: candidate.address,
        moment: SiteMoment(address: candidate.momentAddress, view: candidate.view), file: outcome.file,
        body: outcome.body,
        instance: table.holder(of: candidate.momentAddress, in: outcome.body),
        container: table.instances[outcome.instance.container], machine: outcome.machine, chosen: chosen)
    }
  }

  private func begun(
    _ file: MarkedFile, _ machine: MachineFunction, _ instances: InstanceMap, _ index: Int,
    _ placement: Placement?
  ) -> BegunStatements? {
    guard let graph = machine.graph, let placement else { return nil }
    return BegunStatements(
      lines: file.unit.lines, graph: graph, instances: instances, body: index, files: file.numbers,
      functionLines: placement.function.extent.lines)
  }

  private func effects(_ rows: StatementRows, _ machine: MachineFunction) -> StatementEffects? {
    let stackPointer = RegisterNames.stackPointer(on: machines.machine).map { Int($0) }
    return machine.graph.map { StatementEffects(rows: rows, graph: $0, stackPointer: stackPointer) }
  }

  private func proof(
    _ file: MarkedFile, _ machine: MachineFunction, _ instances: InstanceMap, _ index: Int,
    _ rows: StatementRows, _ placement: Placement?
  ) -> EffectProof? {
    guard let graph = machine.graph, let placement,
      let begun = begun(file, machine, instances, index, placement), let effects = effects(rows, machine)
    else { return nil }
    return EffectProof(
      rows: rows, graph: graph, placement: placement, begun: begun,
      effects: effects,
      lines: BodyLines(file: file, instances: instances, body: index),
      callerLoop: callerLoop(of: index, file, graph, instances))
  }

  /// The nearest loop of the source around the call that a body was inlined from; nil when there is none, or its
  /// source is another file.
  private func callerLoop(of index: Int, _ file: MarkedFile, _ graph: FlowGraph, _ instances: InstanceMap)
    -> (fit: LoopFit, block: Block)?
  {
    let table = file.unit.functions
    var current = table.instances[index]
    while let parent = current.parent, let line = current.die.unsigned(.callLine),
      let number = current.die.unsigned(.callFile), file.numbers.contains(Int32(truncatingIfNeeded: number)),
      let block = file.source?.placement(at: Int(clamping: line))?.block
    {
      if case .loop = block.enclosingLoop {
        let lines = BodyLines(file: file, instances: instances, body: parent)
        return (LoopFit(lines: lines, graph: graph, ranges: table.instances[parent].die.ranges), block)
      }
      current = table.instances[parent]
    }
    return nil
  }

  /// The functions that the marker's line can belong to: by the source's extent, else the nearest declaration
  /// above the line. A macro may declare several at one place (`SYSCALL_DEFINE`).
  private func origins(in file: MarkedFile, _ placement: Placement?) -> [FunctionOrigin] {
    let own = file.unit.functions.origins.filter {
      file.numbers.contains($0.file) && Int($0.line) <= record.line
    }
    if let function = placement?.function {
      let lines = function.extent.lines
      return own.filter { lines.contains(Int($0.line)) }
    }
    guard let nearest = own.map(\.line).max() else { return [] }
    return own.filter { $0.line == nearest }
  }
}

extension FunctionTable {
  /// Whether the compiler says that it inlined the function (`DW_AT_inline`, DWARF 5 section 3.3.8.1) and yet no
  /// inlined body is described: a copy that left no trace.
  ///
  /// gcc says so of every function whose body became a clone or was split, too, even of one that may not be inlined;
  /// a clone or a split part explains the attribute by itself.
  func hasVanishedCopies(_ origin: FunctionOrigin, _ symbols: SymbolMap) -> Bool {
    guard let inline = origin.die.unsigned(.inline), inline == 1 || inline == 3 else { return false }
    if splitOrigins.contains(origin.offset) { return false }
    return !instances(of: origin.offset).contains { index in
      instances[index].isInlined || isClone(instances[index], symbols)
    }
  }

  private func isClone(_ instance: FunctionInstance, _ symbols: SymbolMap) -> Bool {
    guard let start = instance.die.ranges.first?.start, let symbol = symbols.place(of: start)?.symbol else {
      return false
    }
    return [".constprop.", ".isra.", ".part."].contains { symbol.contains($0) }
  }

  /// Whether a body out of line is what gcc split off a function (gcc/ipa-split.cc): its symbol says so.
  func isSplitPart(_ instance: FunctionInstance, _ symbols: SymbolMap) -> Bool {
    guard !instance.isInlined, let start = instance.die.ranges.first?.start else { return false }
    return symbols.place(of: start)?.symbol.contains(".part.") ?? false
  }

  /// The ranges of bodies of the wanted functions that were inlined somewhere inside this body: recursion, or the
  /// functions that one macro makes of one definition (`SYSCALL_DEFINE`).
  func nestedRanges(of index: Int, among origins: Set<UInt64>) -> [AddressRange] {
    origins.flatMap { instances(of: $0) }
      .filter { $0 != index && isInside($0, index) }
      .flatMap { instances[$0].die.ranges }
  }

  private func isInside(_ inner: Int, _ outer: Int) -> Bool {
    var current = instances[inner].parent
    while let index = current {
      if index == outer { return true }
      current = instances[index].parent
    }
    return false
  }
}
