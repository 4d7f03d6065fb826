import Elfutils

/// The state machine of DWARF 5 section 6.2.5, with the view register that GCC and gas add.
struct LineProgram {
  private let header: LineProgramHeader
  private var reader: ByteReader
  private let addressByteCount: Int
  private var rows: [LineRow] = []
  private var sequences: [LineSequence] = []
  private var address: UInt64 = 0
  private var file: Int32 = 1
  private var line: Int32 = 1
  private var column: Int32 = 0
  private var isStmt: Bool
  private var view: Int32 = 0

  /// The sequences of a program in order of their start; the damaged rest of a program is left out.
  static func sequences(
    of header: LineProgramHeader, in sections: LineSections, addressByteCount: Int
  ) -> [LineSequence] {
    var program = LineProgram(header, sections, addressByteCount)
    return program.run()
  }

  private init(_ header: LineProgramHeader, _ sections: LineSections, _ addressByteCount: Int) {
    self.header = header
    self.addressByteCount = addressByteCount
    isStmt = header.defaultIsStmt
    reader = ByteReader(
      sections.line, from: header.program.lowerBound, to: header.program.upperBound,
      byteOrder: sections.byteOrder)
  }

  private mutating func run() -> [LineSequence] {
    while !reader.isAtEnd {
      let opcode = reader.byte()
      if opcode >= header.opcodeBase {
        special(opcode)
      } else if opcode == 0 {
        extended()
      } else {
        standard(opcode)
      }
    }
    return sequences.sorted { $0.start < $1.start }
  }

  /// A change of address resets the view; staying at the address keeps it counting.
  private mutating func advance(_ operation: UInt64) {
    let delta = operation &* header.minimumInstructionLength
    if delta != 0 { view = 0 }
    address &+= delta
  }

  private mutating func append() {
    rows.append(
      LineRow(address: address, file: file, line: line, column: column, isStmt: isStmt, view: view))
    view &+= 1
  }

  private mutating func special(_ opcode: UInt8) {
    let adjusted = UInt64(opcode - header.opcodeBase)
    advance(adjusted / header.lineRange)
    line &+= Int32(truncatingIfNeeded: header.lineBase + Int64(adjusted % header.lineRange))
    append()
  }

  private mutating func standard(_ opcode: UInt8) {
    switch opcode {
    case 1: append()
    case 2: advance(reader.uleb())
    case 3: line &+= Int32(truncatingIfNeeded: reader.sleb())
    case 4: file = Int32(truncatingIfNeeded: reader.uleb())
    case 5: column = Int32(truncatingIfNeeded: reader.uleb())
    case 6: isStmt.toggle()
    case 8: advance(UInt64(255 - header.opcodeBase) / header.lineRange)
    case 9: address &+= reader.number(2)  // DW_LNS_fixed_advance_pc keeps the view, as readelf does
    case 7, 10, 11: break
    case 12: _ = reader.uleb()
    default:
      for _ in 0..<header.standardOpcodeLengths[Int(opcode) - 1] { _ = reader.uleb() }
    }
  }

  private mutating func extended() {
    let length = reader.uleb()
    guard length > 0, length <= UInt64(reader.end - reader.position) else {
      reader.skip(UInt64.max)
      return
    }
    let next = reader.position + Int(length)
    switch reader.byte() {
    case 1: endSequence()
    case 2:
      address = reader.number(min(Int(length) - 1, 8))
      view = 0
    default: break
    }
    reader.seek(next)
  }

  private mutating func endSequence() {
    if !rows.isEmpty { sequences.append(LineSequence(rows: rows, end: address)) }
    rows = []
    address = 0
    file = 1
    line = 1
    column = 0
    isStmt = header.defaultIsStmt
    view = 0
  }
}
