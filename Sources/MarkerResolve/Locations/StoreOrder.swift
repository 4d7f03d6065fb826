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
  /// The address that is probed: the moment's, or one that leads straight to it.
  let probe: UInt64
  /// The last line before the marker's place.
  let markerLine: Int
  let stackPointer: Int
  /// Whether the object's location follows the code (a location list): then only a slot of the stack that is filled
  /// too late can be wrong.
  let isTracked: Bool
  /// How much higher the stack pointer is before an instruction than at the probe, where it is not the same.
  var stackShifts: [UInt64: Int64] = [:]

  /// Why memory need not hold the value; nil when nothing speaks against it.
  func doubt(_ places: [ReadPlace], writers: SourceWriters) -> ValueDoubt? {
    guard !places.isEmpty, let site = graph.instruction(at: probe) else { return nil }
    if !isTracked, let line = early(places, writers, site) {
      return .refuted("line \(line) stands behind the marker, and its store before the probe")
    }
    if let line = late(places, writers, site) {
      return .refuted("line \(line) stands before the marker, and its store behind the probe")
    }
    if !isTracked, let line = kept(places, writers, site) {
      return .refuted("the loop comes back to the probe without a store of line \(line)")
    }
    guard !isTracked, let line = missing(places, writers, site) else { return nil }
    return .refuted("no store of line \(line) comes to the probe")
  }

  // MARK: moved stores

  private func early(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    let start = graph.blocks[graph.block(ofInstruction: site)].instructions.lowerBound
    for index in start..<site {
      if let line = merged(index, places, writers) { return line }
      guard let line = lineOfStore(index, places, writers), line > markerLine else { continue }
      let address = graph.instructions[index].address
      let from = graph.instructions[start].address
      if !lines.hasFrontier(line, from: from, through: address, after: moment) { return line }
    }
    return nil
  }

  /// The line of a statement behind the marker that has no store of its own, when an instruction stores to the very
  /// place on behalf of no statement that does: it is that one's store.
  private func merged(_ index: Int, _ places: [ReadPlace], _ writers: SourceWriters) -> Int? {
    let instruction = graph.instructions[index]
    guard stores(instruction, to: places), !writers.all.contains(where: { isOn($0.lines, instruction) })
    else { return nil }
    return writers.all.first { writer in
      writer.way == .assigned && writer.lines.lowerBound > markerLine && lines.hasRows(writer.lines)
        && !graph.instructions.contains { storesToMemory($0, places) && isOn(writer.lines, $0) }
    }?.lines.lowerBound
  }

  private func storesToMemory(_ instruction: Instruction, _ places: [ReadPlace]) -> Bool {
    if instruction.isRepPrefixed { return instruction.memoryAccess.contains(.write) }
    return store(of: instruction).map { store in places.contains { mayBe(store, $0) } } ?? false
  }

  private func late(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    for index in behind(site) {
      let instruction = graph.instructions[index]
      if let line = lineOfStore(index, places, writers), line <= markerLine,
        !lines.hasFrontier(line, from: moment.address, through: instruction.address, after: moment)
      {
        return line
      }
      if graph.calls(instruction) { return nil }
    }
    return nil
  }

  /// The instructions that follow the probe in its block, and in that of the moment when it is another one.
  private func behind(_ site: Int) -> [Int] {
    let home = graph.block(ofInstruction: site)
    let own = Array(site..<graph.blocks[home].instructions.upperBound)
    guard let later = graph.instruction(at: moment.address), graph.block(ofInstruction: later) != home else {
      return own
    }
    return own + Array(later..<graph.blocks[graph.block(ofInstruction: later)].instructions.upperBound)
  }

  /// The line of an instruction that stores to one of the places, by its operands or by what the source writes there;
  /// nil when it does not, or has no line.
  private func lineOfStore(_ index: Int, _ places: [ReadPlace], _ writers: SourceWriters) -> Int? {
    let instruction = graph.instructions[index]
    guard let store = store(of: instruction), let line = lines.line(of: instruction.address), line > 0 else {
      return nil
    }
    let isMeant =
      places.contains { overlaps(store, $0) }
      || !isTracked && store.base != stackPointer && writers.all.contains { $0.lines.contains(line) }
    return isMeant ? line : nil
  }

  // MARK: dropped stores

  private func missing(_ places: [ReadPlace], _ writers: SourceWriters, _ site: Int) -> Int? {
    let leading = graph.blocksBefore(site)
    return writers.places.first { writer in
      // A statement without rows was found to be never reached, unless control passes it to come to the marker, or
      // other statements of its block are there.
      guard lines.hasRows(writer.lines) || writers.isCertain(writer) || isBesideRows(writer, writers) else {
        return false
      }
      let doers = graph.instructions.indices.filter { index in
        does(index, writer, writers, places)
          && (leading.contains(graph.block(ofInstruction: index)) || isAbove(index, site))
      }
      return doers.isEmpty || writers.isCertain(writer) && !isPreceded(site, by: doers)
    }?.lines.lowerBound
  }

  private func isBesideRows(_ writer: WrittenPlace, _ writers: SourceWriters) -> Bool {
    writers.beside(writer).contains { lines.hasRows($0) }
  }

  private func isAbove(_ index: Int, _ site: Int) -> Bool {
    index < site && graph.block(ofInstruction: index) == graph.block(ofInstruction: site)
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
  func does(
    _ index: Int, _ writer: WrittenPlace, _ writers: SourceWriters, _ places: [ReadPlace]
  ) -> Bool {
    let instruction = graph.instructions[index]
    // A member is not in the slot that the pointer to it is read from.
    let places = writer.isMember ? places.filter { $0 == places[0] || !isOnStack($0) } : places
    // A variable of which no part is named is not stored with an index, nor with what is behind it.
    let isWhole = !writer.isIndirect && writers.members.isEmpty && places[0].base == .image
    if instruction.isRepPrefixed { return !isWhole && instruction.memoryAccess.contains(.write) }
    guard let store = store(of: instruction) else {
      return writer.way == .byAddress && graph.calls(instruction) && isOn(writer.lines, instruction)
    }
    if places.contains(where: { store.byteCount > $0.byteCount && overlaps(store, $0) }) { return true }
    if isWhole, store.hasIndex || store.isElement { return false }
    guard places.contains(where: { mayBe(store, $0) }) else { return false }
    if isOn(writer.lines, instruction) { return true }
    return stores(instruction, to: places) && !writers.all.contains { isOn($0.lines, instruction) }
      && !isOfOther(instruction, writers)
  }

  /// Whether the line of an instruction is of another function, which changes the object there.
  private func isOfOther(_ instruction: Instruction, _ writers: SourceWriters) -> Bool {
    lines.foreignLine(of: instruction.address).map { changes(writers.members, writers.variables, on: $0) }
      ?? false
  }

  private func isOn(_ lines: ClosedRange<Int>, _ instruction: Instruction) -> Bool {
    self.lines.line(of: instruction.address).map(lines.contains) ?? false
  }

  private func isOnStack(_ place: ReadPlace) -> Bool { place.base == .register(UInt64(stackPointer)) }

  private func mayBe(_ store: StoredOperand, _ place: ReadPlace) -> Bool {
    if store.hasIndex { return true }
    switch place.base {
    case .register(let number) where number == stackPointer: return overlaps(store, place)
    case .image: return store.base != nil || overlaps(store, place)
    case .register(let number) where store.base == Int(number): return overlaps(store, place)
    case .register, .loaded: return store.base != stackPointer
    }
  }

  // MARK: stores

  func stores(_ instruction: Instruction, to places: [ReadPlace]) -> Bool {
    guard let store = store(of: instruction) else { return false }
    return places.contains { overlaps(store, $0) }
  }

  /// Where an instruction stores to, by what the stack pointer is at the probe.
  private func store(of instruction: Instruction) -> StoredOperand? {
    guard let store = instruction.store, let shift = stackShifts[instruction.address] else {
      return instruction.store
    }
    return StoredOperand(
      base: store.base, hasIndex: store.hasIndex, displacement: store.displacement + shift,
      byteCount: store.byteCount)
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
  /// The blocks that control comes through before an instruction; its own only when it can come back to it.
  fileprivate func blocksBefore(_ index: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var pending = [block(ofInstruction: index)]
    while let current = pending.popLast() {
      for above in blocks[current].predecessors where seen.insert(above).inserted { pending.append(above) }
    }
    return seen
  }

  func calls(_ instruction: Instruction) -> Bool {
    switch instruction.flow {
    case .call, .indirectCall: true
    case .sequential, .jump, .conditionalJump, .indirectJump, .return, .trap, .undecodable: false
    }
  }
}
