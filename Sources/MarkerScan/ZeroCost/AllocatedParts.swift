import Elfutils

/// The allocated sections of an image with their relocations, and its named symbols, free of indexes.
struct AllocatedParts {
  private struct Part {
    let section: ElfSection
    let bytes: [UInt8]
    let relocations: [Relocation]
  }
  private struct Relocation: Hashable {
    let offset: UInt64
    let type: UInt32
    let addend: Int64?
    let symbol: String
    let section: String
    let value: UInt64
  }
  private struct Symbol: Hashable, Comparable {
    let name: String
    let section: String
    let value: UInt64
    let byteCount: UInt64
    let type: UInt8
    let binding: UInt8
    let other: UInt8

    private var key: (String, String, UInt64, UInt64, [UInt8]) {
      (name, section, value, byteCount, [type, binding, other])
    }
    static func < (left: Self, right: Self) -> Bool {
      let (one, two) = (left.key, right.key)
      if (one.0, one.1, one.2, one.3) != (two.0, two.1, two.2, two.3) {
        return (one.0, one.1, one.2, one.3) < (two.0, two.1, two.2, two.3)
      }
      return one.4.lexicographicallyPrecedes(two.4)
    }
  }

  /// In the order of the section headers; several of one name are numbered.
  private var names: [String] = []
  private var parts: [String: Part] = [:]
  private var symbols: [Symbol] = []
  private var recordSymbols: [String] = []
  /// In a relocatable file sections have no addresses.
  private let hasAddresses: Bool

  init(_ image: ElfImage) throws(ElfError) {
    hasAddresses = image.identity.type != .relocatable
    let relocations = Self.relocations(of: image)
    var counts: [String: Int] = [:]
    for section in image.sections where section.isAllocated {
      counts[section.name, default: 0] += 1
      let number = counts[section.name] ?? 1
      let name = number == 1 ? section.name : "\(section.name)#\(number)"
      names.append(name)
      parts[name] = Part(
        section: section, bytes: try image.bytes(of: section), relocations: relocations[section.index] ?? [])
    }
    readSymbols(image)
  }

  private static func relocations(of image: ElfImage) -> [Int: [Relocation]] {
    var found: [Int: [Relocation]] = [:]
    let symbols = image.symbols
    // In a linked image such a table is allocated itself, and its bytes are compared.
    for table in image.sections where (table.type == 4 || table.type == 9) && !table.isAllocated {
      found[table.info, default: []] += image.relocations(in: table).map { relocation in
        let symbol = symbols.indices.contains(relocation.symbolIndex) ? symbols[relocation.symbolIndex] : nil
        let section = symbol.flatMap { Self.section($0, in: image) }
        let name = symbol.map { isMapping($0.name) ? "$" : $0.name } ?? ""
        return Relocation(
          offset: relocation.offset, type: relocation.type, addend: relocation.addend, symbol: name,
          section: section?.name ?? "", value: (symbol?.address ?? 0) &- (section?.address ?? 0))
      }
    }
    return found
  }

  private static func section(_ symbol: ElfSymbol, in image: ElfImage) -> ElfSection? {
    guard let index = symbol.sectionIndex, index >= 1, index <= image.sections.count else { return nil }
    return image.sections[index - 1]
  }

  /// The symbols of the final image: sections (`STT_SECTION`), the file's name (`STT_FILE`) and mapping symbols are
  /// none of its; those in sections that are not loaded, only when a record left them.
  private mutating func readSymbols(_ image: ElfImage) {
    for symbol in image.symbols where !symbol.name.isEmpty && symbol.type != 3 && symbol.type != 4 {
      if Self.isMapping(symbol.name) { continue }
      let section = Self.section(symbol, in: image)
      if let section, !section.isAllocated {
        if RecordSection.Kind(named: section.name) != nil { recordSymbols.append(symbol.name) }
        continue
      }
      symbols.append(
        Symbol(
          name: symbol.name, section: section?.name ?? "", value: symbol.address &- (section?.address ?? 0),
          byteCount: symbol.byteCount, type: symbol.type, binding: symbol.binding, other: symbol.other))
    }
    symbols.sort()
  }

  /// `$a`, `$d`, `$t`, `$x`, with or without a suffix (ELF for the Arm Architecture, 5.5.5).
  private static func isMapping(_ name: String) -> Bool {
    let bytes = Array(name.utf8.prefix(3))
    return bytes.count >= 2 && bytes[0] == UInt8(ascii: "$") && "adtx".utf8.contains(bytes[1])
      && (bytes.count == 2 || bytes[2] == UInt8(ascii: "."))
  }

  // MARK: Comparing

  func differences(from other: Self) -> [ImageDifference] {
    var found: [ImageDifference] = []
    for name in names where other.parts[name] == nil {
      found.append(ImageDifference(subject: name, field: "presence", detail: "only the first image has it"))
    }
    for name in other.names where parts[name] == nil {
      found.append(ImageDifference(subject: name, field: "presence", detail: "only the second image has it"))
    }
    if found.isEmpty && names != other.names {
      found.append(
        ImageDifference(subject: "image", field: "order", detail: "the sections stand in another order"))
    }
    for name in names {
      if let left = parts[name], let right = other.parts[name] { found += differences(name, left, right) }
    }
    return found
  }

  private func differences(_ name: String, _ left: Part, _ right: Part) -> [ImageDifference] {
    func number(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
    let fields: [(String, UInt64, UInt64)] = [
      ("type", UInt64(left.section.type), UInt64(right.section.type)),
      ("flags", left.section.flags, right.section.flags),
      ("address", hasAddresses ? left.section.address : 0, hasAddresses ? right.section.address : 0),
      ("alignment", left.section.alignment, right.section.alignment),
      ("entry size", UInt64(left.section.entryByteCount), UInt64(right.section.entryByteCount)),
      ("size", left.section.byteCount, right.section.byteCount),
    ]
    var found = fields.filter { $0.1 != $0.2 }.map { field in
      ImageDifference(subject: name, field: field.0, detail: "\(number(field.1)) and \(number(field.2))")
    }
    if left.bytes != right.bytes {
      let common = zip(left.bytes, right.bytes)
      let count =
        common.count { $0 != $1 } + max(left.bytes.count, right.bytes.count)
        - min(left.bytes.count, right.bytes.count)
      let first = common.enumerated().first { $0.element.0 != $0.element.1 }?.offset
      let place = number(UInt64(first ?? min(left.bytes.count, right.bytes.count)))
      found.append(
        ImageDifference(subject: name, field: "bytes", detail: "\(count) bytes differ, the first at \(place)")
      )
    }
    if left.relocations != right.relocations {
      let first = zip(left.relocations, right.relocations).first { $0 != $1 }?.0.offset
      let place = first.map { ", the first at \(number($0))" } ?? ""
      let counts = "\(left.relocations.count) and \(right.relocations.count)"
      found.append(ImageDifference(subject: name, field: "relocations", detail: "\(counts)\(place)"))
    }
    return found
  }

  /// Both lists are sorted, so that one walk along both finds what only one has.
  func symbolDifferences(from other: Self) -> [ImageDifference] {
    var found: [ImageDifference] = []
    var (left, right) = (symbols[...], other.symbols[...])
    while let first = left.first ?? right.first {
      if left.first == right.first {
        left.removeFirst()
        right.removeFirst()
      } else if let mine = left.first, right.first.map({ mine < $0 }) ?? true {
        found.append(Self.only(mine, "first"))
        left.removeFirst()
      } else {
        found.append(Self.only(right.first ?? first, "second"))
        right.removeFirst()
      }
    }
    return found
      + (recordSymbols + other.recordSymbols).sorted().map { name in
        ImageDifference(subject: "symbols", field: "symbol", detail: "a record has the symbol '\(name)'")
      }
  }

  private static func only(_ symbol: Symbol, _ image: String) -> ImageDifference {
    let place = "\(symbol.section)+0x\(String(symbol.value, radix: 16))"
    return ImageDifference(
      subject: "symbols", field: "symbol",
      detail: "only the \(image) image has '\(symbol.name)' at \(place), \(symbol.byteCount) bytes")
  }
}
