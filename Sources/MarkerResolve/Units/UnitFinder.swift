import Elfutils

/// Finds the units whose line tables name the files that markers stand in.
final class UnitFinder {
  private let info: DwarfInfo
  private let sections: LineSections
  private let prefixes: [SourcePrefix]
  private let library: SourceLibrary
  private var unitsByProgram: [UInt64: [DwarfUnit]] = [:]
  private var known: [UInt64: SourceUnit?] = [:]
  /// What was found for each path so far, nil for nothing: a search reads the header of every line program.
  private var matches: [String: FileMatch?] = [:]
  private var files: [UnitPath: MarkedFile] = [:]

  private struct UnitPath: Hashable {
    /// The offset of the unit's entry.
    let unit: UInt64
    let path: String
  }

  init(info: DwarfInfo, prefixes: [SourcePrefix], library: SourceLibrary) {
    self.info = info
    self.prefixes = prefixes
    self.library = library
    sections = LineSections(info)
    for unit in info.units {
      if let offset = unit.lineProgramOffset { unitsByProgram[offset, default: []].append(unit) }
    }
  }

  /// The files that each wanted path means: in every unit that compiled it, the best match of whole components.
  func find(_ wanted: Set<String>) -> [String: FileMatch] {
    let unknown = wanted.filter { matches[$0] == nil }
    if !unknown.isEmpty {
      let found = search(unknown)
      for path in unknown { matches.updateValue(found[path], forKey: path) }
    }
    return wanted.reduce(into: [:]) { result, path in result[path] = matches[path] ?? nil }
  }

  /// The file that a unit knows by a number; nil when it has no path.
  func file(_ number: Int32, of unit: SourceUnit) -> MarkedFile? {
    guard let path = unit.path(ofFile: Int(number)) else { return nil }
    let key = UnitPath(unit: unit.dwarf.die.offset, path: path)
    if let known = files[key] { return known }
    let numbers = unit.fileNumbers.filter { unit.path(ofFile: $0) == path }.map {
      Int32(truncatingIfNeeded: $0)
    }
    let file = makeFile(unit, Set(numbers), path: prefixes.reduce(path) { $1.apply($0) })
    files[key] = file
    return file
  }

  private func makeFile(_ unit: SourceUnit, _ numbers: Set<Int32>, path: String) -> MarkedFile {
    MarkedFile(unit: unit, numbers: numbers, path: path, source: library.file(path)) {
      [prefixes, library] unit in
      MacroTable(library: library, paths: unit.paths.map { path in prefixes.reduce(path) { $1.apply($0) } })
    }
  }

  private func search(_ wanted: Set<String>) -> [String: FileMatch] {
    let paths = wanted.map { ($0, SourcePath($0)) }
    let byName = Dictionary(grouping: paths) { String($0.1.baseName) }
    let names = ByteNames(byName.keys)
    var hits: [String: [(unit: SourceUnit, number: Int32, path: SourcePath, excess: Int)]] = [:]
    forEachProgram { offset, header in
      for (index, file) in header.files.enumerated() {
        guard let name = names.match(sections.bytes(file.name)), let candidates = byName[name] else {
          continue
        }
        for unit in units(ofProgram: offset) {
          let number = index + header.firstFile
          guard let text = unit.path(ofFile: number) else { continue }
          let path = SourcePath(prefixes.reduce(text) { $1.apply($0) })
          for (key, want) in candidates {
            guard let excess = path.excess(over: want) else { continue }
            hits[key, default: []].append((unit, Int32(number), path, excess))
          }
        }
      }
    }
    return hits.mapValues { choose($0) }
  }

  /// Of all paths that end in the wanted one, the one with the fewest components before it; several that are
  /// equally near are an ambiguity that the user must settle.
  private func choose(_ hits: [(unit: SourceUnit, number: Int32, path: SourcePath, excess: Int)]) -> FileMatch
  {
    let least = hits.map(\.excess).min() ?? 0
    let nearest = hits.filter { $0.excess == least }
    let missing = Set(nearest.compactMap(\.unit.missingSplitFile)).sorted()
    let best = nearest.filter { $0.unit.missingSplitFile == nil }
    let distinct = Set(best.map(\.path.text)).sorted()
    guard let path = distinct.first else { return .found([], missing: missing) }
    guard distinct.count == 1 else { return .ambiguous(distinct) }
    var order: [ObjectIdentifier] = []
    var numbers: [ObjectIdentifier: (SourceUnit, Set<Int32>)] = [:]
    for hit in best {
      let key = ObjectIdentifier(hit.unit)
      if numbers[key] == nil { order.append(key) }
      numbers[key, default: (hit.unit, [])].1.insert(hit.number)
    }
    return .found(
      order.compactMap { key in numbers[key].map { makeFile($0.0, $0.1, path: path) } }, missing: missing)
  }

  private func units(ofProgram offset: UInt64) -> [SourceUnit] {
    (unitsByProgram[offset] ?? []).compactMap { unit in
      let key = unit.die.offset
      if let unit = known[key] { return unit }
      let made = SourceUnit(unit, sections: sections)
      known[key] = .some(made)
      return made
    }
  }

  /// The line programs that units refer to, in order; one whose header is damaged is left out.
  private func forEachProgram(_ body: (UInt64, LineProgramHeader) -> Void) {
    for offset in unitsByProgram.keys.sorted() {
      guard let start = Int(exactly: offset), let header = LineProgramHeader(at: start, in: sections) else {
        continue
      }
      body(offset, header)
    }
  }
}

/// What a wanted path means in an image.
enum FileMatch {
  /// The file in each unit that compiled it, and the split files that further such units need and that cannot be
  /// found, sorted; one of the two may be empty.
  case found([MarkedFile], missing: [String])
  /// Several different files fit equally well; their paths, sorted.
  case ambiguous([String])
}

/// File names as bytes, compared without making strings of the many that do not match.
private struct ByteNames {
  private var byLength: [Int: [(bytes: [UInt8], name: String)]] = [:]

  init(_ names: some Sequence<String>) {
    for name in names { byLength[name.utf8.count, default: []].append((Array(name.utf8), name)) }
  }

  /// The name that a path's last component is; nil when it is none of them.
  func match(_ path: UnsafeRawBufferPointer) -> String? {
    for (length, names) in byLength where path.count >= length {
      let start = path.count - length
      if start > 0, path[start - 1] != UInt8(ascii: "/") { continue }
      let tail = UnsafeRawBufferPointer(rebasing: path[start...])
      for candidate in names where tail.elementsEqual(candidate.bytes) { return candidate.name }
    }
    return nil
  }
}
