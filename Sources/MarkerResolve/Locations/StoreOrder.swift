import CSource
import Elfutils
import InstructionDecoder

/// Memory that a fetch argument reads, as the instructions at the site name it.
struct ReadPlace: Hashable {
  enum Base: Hashable {
    /// A register, by DWARF number.
    case register(UInt64)
    /// An address in the image: the offset.
    case image
    /// A pointer that is read on the way.
    case loaded
  }
  let base: Base
  let offset: Int64
  let byteCount: Int

  /// All the memory that is read to get at an object, the object itself first.
  static func all(_ location: ValueLocation, byteCount: Int) -> [ReadPlace] {
    switch location {
    case .memory(let address): chain(address, byteCount)
    case .value(.term(let term)):
      if case .load(let address, let count) = term.base { chain(address, count) } else { [] }
    case .value, .bytes, .implicitPointer, .pieces: []
    }
  }

  private static func chain(_ address: SymbolicValue, _ byteCount: Int) -> [ReadPlace] {
    guard case .term(let term) = address else { return [] }
    switch term.base {
    case .register(let number):
      return [ReadPlace(base: .register(number), offset: term.addend, byteCount: byteCount)]
    case .image: return [ReadPlace(base: .image, offset: term.addend, byteCount: byteCount)]
    case .load(let inner, let count):
      return [ReadPlace(base: .loaded, offset: term.addend, byteCount: byteCount)] + chain(inner, count)
    }
  }
}

/// Whether memory holds at a site what the source has stored there before the marker, and nothing that the source
/// stores behind it.
///
/// No debugging information says so: a member of a structure has one place, whenever its store was moved or dropped.
/// The stores of the machine code tell, each belonging to the line that its row names. GCC's is_stmt rows stand where
/// the statements are, so that a store on the wrong side of its own row has been moved.
struct StoreOrder {
  let graph: FlowGraph
  let lines: BodyLines
  let moment: SiteMoment
  /// The last line before the marker's place.
  let markerLine: Int
  let stackPointer: Int
  /// Whether the object's location follows the code (a location list): then only a slot of the stack that is filled
  /// too late can be wrong.
  let isTracked: Bool

  /// Why memory need not hold the value; nil when nothing speaks against it.
  func reason(_ places: [ReadPlace], writers: SourceWriters) -> String? {
    guard !places.isEmpty, let site = graph.instruction(at: moment.address) else { return nil }
    if !isTracked, let line = early(places, writers, site) {
      return "line \(line) stands behind the marker, and its store before the probe"
    }
    if let line = late(places, writers, site) {
      return "line \(line) stands before the marker, and its store behind the probe"
    }
    guard !isTracked, let line = missing(places, writers, site) else { return nil }
    return "no store of line \(line) comes to the probe"
  }

  // MARK: moved stores

  private func early(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    let start = graph.blocks[graph.block(ofInstruction: site)].instructions.lowerBound
    for index in start..<site {
      guard let line = lineOfStore(index, places, writers), line > markerLine else { continue }
      let address = graph.instructions[index].address
      if !hasFrontier(line, from: graph.instructions[start].address, through: address) { return line }
    }
    return nil
  }

  private func late(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    let end = graph.blocks[graph.block(ofInstruction: site)].instructions.upperBound
    for index in site..<end {
      let instruction = graph.instructions[index]
      if let line = lineOfStore(index, places, writers), line <= markerLine,
        !hasFrontier(line, from: moment.address, through: instruction.address)
      {
        return line
      }
      if graph.calls(instruction) { return nil }
    }
    return nil
  }

  /// The line of an instruction that stores to one of the places, by its operands or by what the source writes there;
  /// nil when it does not, or has no line.
  private func lineOfStore(_ index: Int, _ places: [ReadPlace], _ writers: SourceWriters) -> Int? {
    let instruction = graph.instructions[index]
    guard let store = instruction.store, let line = lines.line(of: instruction.address) else { return nil }
    let isMeant =
      places.contains { overlaps(store, $0) }
      || !isTracked && store.base != stackPointer && writers.all.contains { $0.lines.contains(line) }
    return isMeant ? line : nil
  }

  /// Whether the statement of a line begins in a range of code, of the site's address behind its view.
  private func hasFrontier(_ line: Int, from start: UInt64, through end: UInt64) -> Bool {
    lines.file.rows(onLine: line).contains { index in
      let row = lines.file.unit.lines.rows[index]
      guard row.isStmt, row.address >= start, row.address <= end else { return false }
      return row.address > moment.address || row.address < moment.address || UInt64(row.view) > moment.view
    }
  }

  // MARK: dropped stores

  private func missing(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    writers.places.first { writer in
      // A statement without rows was found to be never reached, unless control passes it to come to the marker.
      guard lines.hasRows(writer.lines) || writers.isCertain(writer) else { return false }
      let doers = graph.instructions.indices.filter { does($0, writer, writers, places) }
      return doers.isEmpty || writers.isCertain(writer) && !isPreceded(site, by: doers)
    }?.lines.lowerBound
  }

  /// Whether control cannot come to the site without passing one of the instructions.
  private func isPreceded(_ site: Int, by doers: [Int]) -> Bool {
    let home = graph.block(ofInstruction: site)
    if doers.contains(where: { $0 < site && graph.block(ofInstruction: $0) == home }) { return true }
    let passed = Set(doers.map { graph.block(ofInstruction: $0) })
    var seen: Set<Int> = [graph.entry]
    var pending = [graph.entry]
    while let block = pending.popLast() {
      if block == home { return false }
      if passed.contains(block) { continue }
      pending += graph.blocks[block].successors.filter { seen.insert($0).inserted }
    }
    return true
  }

  /// Whether an instruction may be what the writer became. Stores that were merged, and those whose value was computed
  /// earlier, may have another line.
  private func does(
    _ index: Int, _ writer: WrittenPlace, _ writers: SourceWriters, _ places: [ReadPlace]
  ) -> Bool {
    let instruction = graph.instructions[index]
    if instruction.isRepPrefixed { return instruction.memoryAccess.contains(.write) }
    guard let store = instruction.store else {
      return writer.way != .assigned && graph.calls(instruction) && isOn(writer.lines, instruction)
    }
    if places.contains(where: { store.byteCount > $0.byteCount && overlaps(store, $0) }) { return true }
    guard places.contains(where: { mayBe(store, $0) }) else { return false }
    if isOn(writer.lines, instruction) { return true }
    return stores(instruction, to: places) && !writers.all.contains { isOn($0.lines, instruction) }
  }

  private func isOn(_ lines: ClosedRange<Int>, _ instruction: Instruction) -> Bool {
    self.lines.line(of: instruction.address).map(lines.contains) ?? false
  }

  private func mayBe(_ store: StoredOperand, _ place: ReadPlace) -> Bool {
    if store.hasIndex { return true }
    switch place.base {
    case .register(let number) where number == stackPointer: return overlaps(store, place)
    case .image: return store.base != nil || overlaps(store, place)
    case .register, .loaded: return store.base != stackPointer
    }
  }

  // MARK: stores

  private func stores(_ instruction: Instruction, to places: [ReadPlace]) -> Bool {
    guard let store = instruction.store else { return false }
    return places.contains { overlaps(store, $0) }
  }

  /// Whether a store hits the place: the same base register, or another pointer with the same displacement.
  private func overlaps(_ store: StoredOperand, _ place: ReadPlace) -> Bool {
    switch place.base {
    case .image: if store.base != nil { return false }
    case .register(let number):
      let isStack = number == stackPointer || store.base == stackPointer
      if isStack, store.base != Int(number) { return false }
      if store.base == nil { return false }
    case .loaded: if store.base == nil || store.base == stackPointer { return false }
    }
    return store.displacement < place.offset + Int64(place.byteCount)
      && place.offset < store.displacement + Int64(store.byteCount)
  }
}

extension FlowGraph {
  func calls(_ instruction: Instruction) -> Bool {
    switch instruction.flow {
    case .call, .indirectCall: true
    case .sequential, .jump, .conditionalJump, .indirectJump, .return, .trap, .undecodable: false
    }
  }
}
