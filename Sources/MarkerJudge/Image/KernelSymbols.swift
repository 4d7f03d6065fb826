import Elfutils

/// The symbols as the kernel's kallsyms knows them: what a symbol covers reaches to the next symbol, whatever
/// its ELF size, and of several at one address the first name counts.
struct KernelSymbols: Sendable {
  /// A symbol's range and the index of its name.
  struct Match: Sendable, Hashable {
    let range: AddressRange
    let index: Int
  }

  /// Sorted, each address once.
  private let addresses: [UInt64]
  private let names: [String]
  /// Where the last symbol before each of these ends.
  private let domains: [AddressRange]
  /// The address of the name before the first dot, for symbols whose name has one.
  private let bases: [String: UInt64]
  /// The names that an address has besides the first.
  private let aliases: [(address: UInt64, name: String)]

  /// - Parameters:
  ///   - entries: in the order in which kallsyms prefers them at one address.
  ///   - domains: the ranges in which an address is looked up at all; a symbol never reaches beyond its own.
  init(_ entries: [(address: UInt64, name: String)], domains: [AddressRange]) {
    var addresses: [UInt64] = []
    var names: [String] = []
    var aliases: [(address: UInt64, name: String)] = []
    for entry in entries {
      guard entry.address != addresses.last else {
        aliases.append(entry)
        continue
      }
      addresses.append(entry.address)
      names.append(entry.name)
    }
    self.aliases = aliases
    self.addresses = addresses
    self.names = names
    self.domains = domains
    bases = Self.baseAddresses(entries)
  }

  private static func baseAddresses(_ entries: [(address: UInt64, name: String)]) -> [String: UInt64] {
    let wanted = Set(entries.compactMap { $0.name.beforeFirstDot })
    // Most names are told from the few wanted ones without hashing them.
    var shapes = [Bool](repeating: false, count: 1 << 16)
    for name in wanted { shapes[shape(name)] = true }
    var bases: [String: UInt64] = [:]
    for entry in entries where shapes[shape(entry.name)] && wanted.contains(entry.name) {
      bases[entry.name] = bases[entry.name] ?? entry.address
    }
    return bases
  }

  /// 16 bits of a name's length and of its first and last bytes.
  private static func shape(_ name: String) -> Int {
    let bytes = name.utf8
    let ends = Int((bytes.first ?? 0) & 31) << 5 | Int((bytes.last ?? 0) & 31)
    return (bytes.count & 63) << 10 | ends
  }

  /// The symbol that covers the address; nil outside all domains or before the first symbol.
  func symbol(at address: UInt64) -> Match? {
    guard let domain = domains.first(where: { $0.contains(address) }) else { return nil }
    let next = addresses.partitionIndex { $0 > address }
    guard next > 0 else { return nil }
    let end = next < addresses.count ? addresses[next] : domain.end
    return Match(range: AddressRange(addresses[next - 1], end), index: next - 1)
  }

  /// The name of a symbol found here.
  func name(of match: Match) -> String { names[match.index] }

  /// The address of the symbol named like this one up to the first dot (`foo` for `foo.cold`); nil when the
  /// name has no dot or there is no such symbol.
  func baseAddress(of match: Match) -> UInt64? { names[match.index].beforeFirstDot.flatMap { bases[$0] } }

  /// The addresses of every name, aliases included, ascending.
  func index() -> [String: [UInt64]] {
    var index: [String: [UInt64]] = [:]
    index.reserveCapacity(names.count + aliases.count)
    for (address, name) in zip(addresses, names) where !name.isEmpty {
      index[name, default: []].append(address)
    }
    for alias in aliases { index[alias.name, default: []].append(alias.address) }
    return index.mapValues { $0.sorted() }
  }
}

extension String {
  /// What stands before the first dot; nil without a dot.
  fileprivate var beforeFirstDot: String? {
    guard let dot = utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    return String(self[..<dot])
  }
}
