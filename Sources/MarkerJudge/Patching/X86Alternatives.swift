import Elfutils

/// One entry of `.altinstructions`: at a site, code to use when the CPU has (or lacks) a feature.
struct X86Alternative: Sendable, Hashable {
  let site: UInt64
  let replacement: UInt64
  let siteByteCount: Int
  let replacementByteCount: Int
  /// The feature's number: word times 32 plus bit (asm/cpufeatures.h).
  let feature: Int
  /// Whether the replacement is used where the feature is missing.
  let isInverted: Bool
  /// Whether the replaced instruction is an indirect call that becomes a direct one (since 6.8).
  let isDirectCall: Bool

  /// X86_FEATURE_ALWAYS, in word 3 since its introduction.
  static let alwaysFeature = 3 * 32 + 21
}

/// Reads `.altinstructions` in the layout that the kernel's version has.
struct X86AlternativeTable: Sendable {
  let entries: [X86Alternative]
  /// Whether entries have a field of flags, which they got in 6.3.
  let hasFlags: Bool

  init(_ reader: TableReader) {
    let sizes = [12, 14, 13]
    let size = sizes.first { size in
      let found = reader.codeEntries(.alternatives, sizes: [size], isRelative: true)
      return !found.isEmpty
        && found.prefix(1000).allSatisfy { Self.isPlausible($0.entry, size, reader.memory) }
    }
    hasFlags = size == 14
    entries =
      size.map { size in
        reader.entries(.alternatives, size: size).compactMap { Self.entry($0, size: size, reader.memory) }
      } ?? []
  }

  private static func isPlausible(_ entry: UInt64, _ size: Int, _ memory: ImageMemory) -> Bool {
    guard let found = Self.entry(entry, size: size, memory) else { return false }
    return found.siteByteCount > 0 && found.replacementByteCount <= found.siteByteCount
      && found.feature < 64 * 32
  }

  private static func entry(_ start: UInt64, size: Int, _ memory: ImageMemory) -> X86Alternative? {
    let lengths = start &+ (size == 14 ? 12 : 10)
    guard let site = memory.relativeAddress(at: start),
      let replacement = memory.relativeAddress(at: start &+ 4),
      let feature = memory.unsigned(at: start &+ 8, byteCount: 2),
      let flags = size == 14 ? memory.unsigned(at: start &+ 10, byteCount: 2) : 0,
      let siteCount = memory.unsigned(at: lengths, byteCount: 1),
      let replacementCount = memory.unsigned(at: lengths &+ 1, byteCount: 1)
    else { return nil }
    return X86Alternative(
      site: site, replacement: replacement, siteByteCount: Int(siteCount),
      replacementByteCount: Int(replacementCount), feature: Int(feature & 0x7fff),
      isInverted: size == 14 ? flags & 1 != 0 : feature & 0x8000 != 0, isDirectCall: flags & 2 != 0)
  }
}

/// Decides whether an alternative is used, from the names that the kernel itself gives its CPU features.
struct X86FeatureNames: Sendable {
  private let names: [Int: String]
  private let assumptions: MachineAssumptions

  init(_ reader: TableReader, _ assumptions: MachineAssumptions) {
    self.assumptions = assumptions
    // Bugs are numbered behind the features.
    let pointers = ["x86_cap_flags", "x86_bug_flags"].flatMap { Self.pointers(reader, $0) }
    var names: [Int: String] = [:]
    for (feature, pointer) in pointers.enumerated() where pointer != 0 {
      let text = reader.memory.bytes(at: pointer, count: 32).prefix { $0 != 0 }
      names[feature] = String(decoding: text, as: UTF8.self)
    }
    self.names = names
  }

  /// The pointers of a table of names, as many as the table's symbol is large.
  private static func pointers(_ reader: TableReader, _ name: String) -> [UInt64] {
    guard let table = reader.linker.range(of: name) else { return [] }
    return (0..<min(table.byteCount / 8, 64 * 32)).map { reader.word(table.start &+ UInt64(8 * $0)) ?? 0 }
  }

  /// Whether the CPU is taken to have the feature. Features without a name (those that the kernel makes up for
  /// its own choices) count as absent, but for the one that is always there.
  func isPresent(_ feature: Int) -> Bool {
    if feature == X86Alternative.alwaysFeature { return true }
    return names[feature].map(assumptions.cpuFlags.contains) ?? false
  }

  /// Whether that is certain rather than taken for granted.
  func isCertain(_ feature: Int) -> Bool {
    feature == X86Alternative.alwaysFeature || assumptions.areFlagsCertain && names[feature] != nil
  }
}
