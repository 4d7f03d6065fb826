import MarkerResolve
import MarkerScan

@testable import Elfutils
@testable import MarkerWrite

/// Values of the model, as short as the tests need them.
func record(
  _ provider: String = "mk", _ name: String = "io", file: String = "fs/read_write.c", line: Int = 10,
  captures: [String] = []
) -> MarkerRecord {
  MarkerRecord(
    provider: provider, name: name, file: file, line: line,
    captures: captures.map {
      Capture(text: $0, label: nil, expressionText: $0, expression: nil, unsupported: nil, format: nil)
    },
    origin: .list(path: "markers.list", line: 1))
}

func argument(
  _ name: String, _ fetch: String?, _ type: String = "u64", status: ResolutionStatus = .ok,
  absence: Absence? = nil
) -> ArgumentResolution {
  ArgumentResolution(
    name: name, expression: name, fetch: fetch.map { FetchArgument(expression: $0, type: type) },
    status: status, absence: absence)
}

func site(
  _ address: UInt64, _ arguments: [ArgumentResolution] = [], symbol: String? = "vfs_read",
  isUnique: Bool = true, copy: CopyKind = .outOfLine
) -> SiteResolution {
  SiteResolution(
    address: address, place: symbol.map { SymbolicAddress(symbol: $0, offset: 0x1a, isUnique: isUnique) },
    function: "vfs_read", inlineChain: [], copy: copy, reason: "the marker's own row", arguments: arguments)
}

func resolution(
  _ record: MarkerRecord = record(), status: ResolutionStatus = .ok, sites: [SiteResolution],
  findings: [Finding] = []
) -> MarkerResolution {
  MarkerResolution(record: record, status: status, sites: sites, findings: findings)
}

func symbol(_ name: String, _ address: UInt64, section: Int? = 1, type: UInt8 = 2) -> ElfSymbol {
  ElfSymbol(
    name: name, address: address, byteCount: 16, type: type, binding: 0, other: 0, sectionIndex: section)
}

func section(_ index: Int, _ name: String, _ address: UInt64, _ byteCount: UInt64) -> ElfSection {
  ElfSection(
    index: index, name: name, type: 1, flags: 6, address: address, offset: 0, byteCount: byteCount, link: 0,
    info: 0, entryByteCount: 0, alignment: 16)
}

let kernelBase: UInt64 = 0xffff_ffff_8100_0000

let kernel = ProbeTarget.kernel(
  KernelSymbols(
    symbols: [
      symbol("_text", kernelBase), symbol("_stext", kernelBase), symbol("event_sched_switch", kernelBase),
      symbol("str__sched__trace_system_name", kernelBase),
    ], machine: .x8664))

func define(
  _ resolutions: [MarkerResolution], for target: ProbeTarget = kernel,
  options: DefinitionOptions = DefinitionOptions()
) -> DefinitionSet {
  var events = EventTable(records: resolutions.map(\.record))
  return DefinitionSet(resolutions, target: target, options: options, sharing: &events)
}
