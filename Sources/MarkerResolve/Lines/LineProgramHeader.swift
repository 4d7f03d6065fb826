import Elfutils

/// The sections that line number programs need, with the byte order to read them in.
struct LineSections {
  let line: UnsafeRawBufferPointer
  let lineStr: UnsafeRawBufferPointer
  let str: UnsafeRawBufferPointer
  let byteOrder: ByteOrder

  init(_ info: DwarfInfo) {
    line = info.debugSection(".debug_line")
    lineStr = info.debugSection(".debug_line_str")
    str = info.debugSection(".debug_str")
    byteOrder = info.image.identity.byteOrder
  }
}

/// Where a string of a line program header stands: a section and its extent there.
struct LineString {
  enum Section { case line, lineStr, str }
  let section: Section
  let range: Range<Int>
}

/// The header of a line number program (DWARF 5 section 6.2.4, versions 2 to 5).
struct LineProgramHeader {
  struct File {
    let name: LineString
    let directory: Int
  }

  let version: Int
  let minimumInstructionLength: UInt64
  let defaultIsStmt: Bool
  let lineBase: Int64
  let lineRange: UInt64
  let opcodeBase: UInt8
  let standardOpcodeLengths: [UInt8]
  let directories: [LineString]
  /// Indexed by file number from `firstFile`.
  let files: [File]
  /// 0 in version 5, 1 before.
  let firstFile: Int
  /// The extent of the opcodes in `.debug_line`.
  let program: Range<Int>
  /// Where the next header begins.
  let end: Int

  /// Decodes the header at an offset of `.debug_line`; nil when it is damaged or of an unknown version.
  init?(at offset: Int, in sections: LineSections) {
    guard sections.line.indices.contains(offset) else { return nil }
    var reader = ByteReader(
      sections.line, from: offset, to: sections.line.count, byteOrder: sections.byteOrder)
    var length = reader.number(4)
    let offsetByteCount = length == 0xffff_ffff ? 8 : 4
    if offsetByteCount == 8 { length = reader.number(8) }
    guard !reader.failed, length <= UInt64(reader.end - reader.position) else { return nil }
    end = reader.position + Int(length)
    reader = ByteReader(sections.line, from: reader.position, to: end, byteOrder: sections.byteOrder)
    version = Int(reader.number(2))
    guard (2...5).contains(version) else { return nil }
    if version == 5 { reader.skip(2) }
    let headerLength = reader.number(offsetByteCount)
    guard headerLength <= UInt64(end - reader.position) else { return nil }
    program = reader.position + Int(headerLength)..<end
    minimumInstructionLength = reader.number(1)
    if version >= 4 { reader.skip(1) }
    defaultIsStmt = reader.byte() != 0
    lineBase = Int64(Int8(bitPattern: reader.byte()))
    lineRange = reader.number(1)
    opcodeBase = reader.byte()
    guard lineRange > 0, opcodeBase > 0 else { return nil }
    standardOpcodeLengths = (1..<opcodeBase).map { _ in reader.byte() }
    firstFile = version == 5 ? 0 : 1
    if version == 5 {
      directories = readEntries(&reader, sections, offsetByteCount).map(\.name)
      files = readEntries(&reader, sections, offsetByteCount)
    } else {
      directories = readDirectories(&reader)
      files = readFiles(&reader)
    }
    if reader.failed { return nil }
  }

  /// The file of a number in the program; nil when the number is out of range.
  func file(_ number: Int) -> File? {
    let index = number - firstFile
    return files.indices.contains(index) ? files[index] : nil
  }

  /// The directory of a file; nil means the compilation directory.
  func directory(of file: File) -> LineString? {
    if version < 5 && file.directory == 0 { return nil }
    let index = version < 5 ? file.directory - 1 : file.directory
    return directories.indices.contains(index) ? directories[index] : nil
  }
}

/// `include_directories` before version 5.
private func readDirectories(_ reader: inout ByteReader) -> [LineString] {
  var result: [LineString] = []
  while !reader.failed {
    let range = reader.string()
    if range.isEmpty { break }
    result.append(LineString(section: .line, range: range))
  }
  return result
}

/// `file_names` before version 5.
private func readFiles(_ reader: inout ByteReader) -> [LineProgramHeader.File] {
  var result: [LineProgramHeader.File] = []
  while !reader.failed {
    let range = reader.string()
    if range.isEmpty { break }
    let directory = reader.uleb()
    _ = reader.uleb()
    _ = reader.uleb()
    result.append(
      .init(name: LineString(section: .line, range: range), directory: Int(clamping: directory)))
  }
  return result
}

/// A version 5 entry table: the format, then the entries.
private func readEntries(
  _ reader: inout ByteReader, _ sections: LineSections, _ offsetByteCount: Int
) -> [LineProgramHeader.File] {
  let formatCount = Int(reader.byte())
  let format = (0..<formatCount).map { _ in (content: reader.uleb(), form: reader.uleb()) }
  let count = reader.uleb()
  guard !reader.failed, formatCount > 0, count <= UInt64(reader.end - reader.position) else { return [] }
  var result: [LineProgramHeader.File] = []
  result.reserveCapacity(Int(count))
  for _ in 0..<count where !reader.failed {
    var name = LineString(section: .line, range: 0..<0)
    var directory = 0
    for (content, form) in format {
      switch content {
      case 1: name = readString(&reader, form, sections, offsetByteCount)
      case 2: directory = Int(clamping: readUnsigned(&reader, form))
      default: skipForm(&reader, form, offsetByteCount)
      }
    }
    result.append(.init(name: name, directory: directory))
  }
  return result
}

private func readString(
  _ reader: inout ByteReader, _ form: UInt64, _ sections: LineSections, _ offsetByteCount: Int
) -> LineString {
  switch form {
  case 0x08: return LineString(section: .line, range: reader.string())
  case 0x1f: return stringAt(reader.number(offsetByteCount), .lineStr, sections.lineStr)
  case 0x0e: return stringAt(reader.number(offsetByteCount), .str, sections.str)
  default:
    skipForm(&reader, form, offsetByteCount)
    return LineString(section: .line, range: 0..<0)
  }
}

private func stringAt(_ offset: UInt64, _ section: LineString.Section, _ bytes: UnsafeRawBufferPointer)
  -> LineString
{
  guard offset < UInt64(bytes.count) else { return LineString(section: section, range: 0..<0) }
  var end = Int(offset)
  while end < bytes.count, bytes[end] != 0 { end += 1 }
  return LineString(section: section, range: Int(offset)..<end)
}

private func readUnsigned(_ reader: inout ByteReader, _ form: UInt64) -> UInt64 {
  switch form {
  case 0x0b: reader.number(1)
  case 0x05: reader.number(2)
  case 0x06: reader.number(4)
  case 0x07: reader.number(8)
  default: reader.uleb()
  }
}

/// Skips a value of a form that a line table may use (DWARF 5 section 6.2.4.1).
private func skipForm(_ reader: inout ByteReader, _ form: UInt64, _ offsetByteCount: Int) {
  switch form {
  case 0x0b: reader.skip(1)
  case 0x05: reader.skip(2)
  case 0x06: reader.skip(4)
  case 0x07: reader.skip(8)
  case 0x1e: reader.skip(16)
  case 0x0f: _ = reader.uleb()
  case 0x08: _ = reader.string()
  case 0x0e, 0x1f, 0x17: reader.skip(UInt64(offsetByteCount))
  case 0x09: reader.skip(reader.uleb())
  default: reader.skip(UInt64.max)
  }
}

extension LineSections {
  /// A header string as text; invalid UTF-8 is repaired.
  func text(_ string: LineString) -> String {
    String(decoding: bytes(string), as: UTF8.self)
  }

  func bytes(_ string: LineString) -> UnsafeRawBufferPointer {
    let section =
      switch string.section {
      case .line: line
      case .lineStr: lineStr
      case .str: str
      }
    return UnsafeRawBufferPointer(rebasing: section[string.range])
  }
}
