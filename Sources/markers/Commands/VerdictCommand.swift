import ArgumentParser
import Elfutils
import InstructionDecoder
import MarkerJudge
import MarkerWrite
import SystemPackage

/// `markers verdict FILE --addresses LIST`
struct VerdictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict",
    abstract: "Say of addresses whether a kernel takes a probe there, and what kind of probe it becomes.",
    discussion: """
      FILE is a vmlinux, a module, an object, or a program or library for user probes. LIST holds one address \
      a line: hexadecimal link addresses, symbol+offset, or module:symbol+offset.

      EXAMPLES:
        markers verdict vmlinux --addresses list.txt --format csv
        echo vfs_read+0x1c | markers verdict vmlinux --addresses -
        markers verdict ext4.ko --kernel vmlinux --addresses list.txt
      """)

  /// The formats of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json
  }

  @Argument(help: ArgumentHelp("The image that holds the addresses.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Read the addresses from LIST; - is standard input.", valueName: "list"))
  var addresses: String

  @Option(help: ArgumentHelp("The vmlinux that the module FILE belongs to.", valueName: "vmlinux"))
  var kernel: String?

  @Option(help: "text, csv or json.")
  var format: Format = .text

  @OptionGroup var machine: MachineOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let content = errors.attempt { () throws(AddressListError) in try readList() }
    let assumptions = errors.attempt { () throws(MachineOptionError) in try machine.assumptions() }
    let judged = assumptions.flatMap { assumptions in
      errors.attempt { () throws(ElfError) in try open(assumptions) }
    }
    if let content, let judged {
      let rows = rows(AddressListLines(content), judged, &errors)
      errors.attempt { () throws(OutputError) in try output.write(render(rows)) }
    }
    try errors.status.exit()
  }

  private func readList() throws(AddressListError) -> String {
    let path = FilePath(addresses)
    do {
      let file = addresses == "-" ? FileDescriptor.standardInput : try FileDescriptor.open(path, .readOnly)
      defer { if addresses != "-" { try? file.close() } }
      return String(decoding: try file.readAll(), as: UTF8.self)
    } catch {
      throw AddressListError(path: path, reason: "\(error)")
    }
  }

  private func open(_ assumptions: MachineAssumptions) throws(ElfError) -> Subject {
    var rules: KernelRules?
    if let kernel {
      rules = try KernelRules(image: ElfFile.openSingle(FilePath(kernel)), assumptions: assumptions)
    }
    let judge = try ProbeRules(
      image: ElfFile.openSingle(FilePath(file)), kernel: rules, assumptions: assumptions)
    return Subject(rules: judge, symbols: judge.symbolIndex)
  }

  /// What the addresses are judged by, and how their symbols are found.
  private struct Subject {
    let rules: ProbeRules
    let symbols: [String: [UInt64]]

    /// Where the functions of a name are, which may be given as MODULE:SYMBOL.
    func addresses(of name: String) -> [UInt64]? {
      symbols[name] ?? name.firstIndex(of: ":").flatMap { symbols[String(name[name.index(after: $0)...])] }
    }
  }

  private func rows(
    _ list: AddressListLines, _ subject: Subject, _ errors: inout ErrorReporter
  ) -> [VerdictRow] {
    var rows: [VerdictRow?] = []
    var known: [(row: Int, address: UInt64)] = []
    for line in list.lines {
      do throws(AddressLineError) {
        known.append((rows.count, try address(line, subject)))
        rows.append(nil)
      } catch {
        errors.report(error)
        rows.append(VerdictRow(listed: String(line.text), unknown: error.reason))
      }
    }
    let verdicts = errors.attempt { () throws(InstructionDecoderError) in
      try subject.rules.verdicts(at: known.map(\.address))
    }
    for (place, verdict) in zip(known, verdicts ?? []) {
      rows[place.row] = VerdictRow(listed: String(list.lines[place.row].text), verdict)
    }
    return rows.compactMap(\.self)
  }

  private func address(
    _ line: AddressListLines.Line, _ subject: Subject
  ) throws(AddressLineError) -> UInt64 {
    func failure(_ reason: String) -> AddressLineError {
      AddressLineError(list: addresses, line: line.number, column: line.column, reason: reason)
    }
    switch ListedAddress(line.text, isSymbol: { subject.symbols[$0] != nil }) {
    case nil: throw failure("'\(line.text)' is neither an address nor symbol+offset")
    case .address(let address): return address
    case .symbol(let name, let offset):
      guard let found = subject.addresses(of: name), let first = found.first else {
        throw failure("there is no symbol '\(name)'")
      }
      guard found.count == 1 else { throw failure("there are \(found.count) symbols '\(name)'") }
      let (address, isBeyond) = first.addingReportingOverflow(offset)
      if isBeyond { throw failure("the offset leads beyond the last address") }
      return address
    }
  }

  private func render(_ rows: [VerdictRow]) -> String {
    switch format {
    case .text: rows.map { $0.text + "\n" }.joined()
    case .csv: csv(rows)
    case .json: JsonValue.array(rows.map(\.json)).text
    }
  }

  private func csv(_ rows: [VerdictRow]) -> String {
    var output = "addr,verdict,errno,reason,class\n"
    for row in rows { row.writeCsv(to: &output) }
    return output
  }
}

/// Why a line of an address list names no address.
struct AddressLineError: Error, CustomStringConvertible {
  let list: String
  let line: Int
  /// In bytes from 1.
  let column: Int
  let reason: String
  var description: String { "\(list):\(line):\(column): \(reason)" }
}
