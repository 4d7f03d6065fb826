import Elfutils

/// One compilation unit with what the resolver reads of it, each part once and only when needed.
final class SourceUnit {
  let dwarf: DwarfUnit
  let header: LineProgramHeader
  /// The entries: those of the split file, if the unit has one.
  let contents: Die
  /// The name of the split file that holds the entries and cannot be found; nil when they are at hand.
  let missingSplitFile: String?
  private let sections: LineSections

  /// nil when the unit has no line number program.
  init?(_ dwarf: DwarfUnit, sections: LineSections) {
    guard let offset = dwarf.lineProgramOffset.flatMap({ Int(exactly: $0) }),
      let header = LineProgramHeader(at: offset, in: sections)
    else { return nil }
    self.dwarf = dwarf
    self.header = header
    contents = dwarf.contents ?? dwarf.die
    missingSplitFile = dwarf.contents == nil ? dwarf.splitFileName ?? "a .dwo file" : nil
    self.sections = sections
  }

  /// The unit's language, `DW_AT_producer` and compilation directory.
  lazy var producer: Producer = Producer(
    text: dwarf.die.string(.producer) ?? contents.string(.producer) ?? "")
  lazy var compilationDirectory: String = dwarf.die.string(.compDir) ?? ""
  lazy var lines: LineTable = LineTable(
    LineProgram.sequences(of: header, in: sections, addressByteCount: dwarf.addressByteCount))
  lazy var functions: FunctionTable = FunctionTable(unit: contents)

  /// The full path of a file number, as DWARF gives it; nil when the number is out of range.
  func path(ofFile number: Int) -> String? {
    guard let file = header.file(number) else { return nil }
    let name = sections.text(file.name)
    if name.hasPrefix("/") { return name }
    let directory = header.directory(of: file).map { sections.text($0) } ?? ""
    let relative = directory.isEmpty ? name : directory + "/" + name
    if relative.hasPrefix("/") || compilationDirectory.isEmpty { return relative }
    return compilationDirectory + "/" + relative
  }

  /// The numbers of the files of the line table.
  var fileNumbers: [Int] { header.files.indices.map { $0 + header.firstFile } }

  /// The paths of all files of the line table, each once.
  var paths: [String] {
    var seen: Set<String> = []
    return fileNumbers.compactMap { path(ofFile: $0) }.filter { seen.insert($0).inserted }
  }
}

/// The compiler that made a unit: it decides what an is_stmt row means.
enum Producer {
  /// is_stmt rows are statement frontiers and carry views (GCC 8 and later).
  case gcc
  /// is_stmt rows follow the instructions' own locations.
  case clang
  case other

  init(text: String) {
    if text.hasPrefix("GNU C") {
      self = .gcc
    } else if text.contains("clang") {
      self = .clang
    } else {
      self = .other
    }
  }
}
