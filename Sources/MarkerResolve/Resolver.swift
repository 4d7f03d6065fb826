public import Elfutils
import InstructionDecoder
public import MarkerScan

/// What the user may say about resolving.
public struct ResolveOptions: Sendable {
  /// Rewritings of DWARF's source paths, applied in order.
  public var sourcePrefixes: [SourcePrefix]
  /// Whether source files at the paths that DWARF names are read; without them statements are guessed from rows.
  public var readsSource: Bool

  public init(sourcePrefixes: [SourcePrefix] = [], readsSource: Bool = true) {
    self.sourcePrefixes = sourcePrefixes
    self.readsSource = readsSource
  }
}

/// Resolves marker records against one image. Not for concurrent use.
public final class Resolver {
  let image: ElfImage
  let info: DwarfInfo
  let types: TypeFinder
  let globals: GlobalFinder
  let symbols: SymbolMap
  let writer: FetchWriter
  let finder: UnitFinder
  private let machines: MachineFunctions

  /// - Throws: when the image has no debugging information, or it is damaged.
  public init(image: ElfImage, options: ResolveOptions = ResolveOptions()) throws(ElfError) {
    self.image = image
    info = try DwarfInfo(image: image)
    types = TypeFinder(info: info)
    globals = GlobalFinder()
    symbols = SymbolMap(image: image)
    let kind = ImageKind(image)
    writer = FetchWriter(
      machine: image.identity.machine, addressByteCount: image.identity.elfClass.addressByteCount,
      isBigEndian: image.identity.byteOrder == .big,
      naming: ImageDataNaming(image: image, kind: kind, symbols: symbols))
    finder = UnitFinder(
      info: info, prefixes: options.sourcePrefixes, library: SourceLibrary(isEnabled: options.readsSource))
    machines = try MachineFunctions(image: image)
  }

  /// Resolves each record, in the order given.
  public func resolve(_ records: [MarkerRecord]) -> [MarkerResolution] {
    let matches = finder.find(Set(records.map(\.file)))
    return records.map { resolve($0, match: matches[$0.file]) }
  }

  /// How the sites of a record were found, in lines of text.
  public func trace(_ record: MarkerRecord) -> [String] {
    guard case .found(let files, _) = finder.find([record.file])[record.file] else { return ["no such file"] }
    return SiteTrace(
      search: SiteFinder(record: record, files: files, machines: machines, symbols: symbols).find()
    ).lines()
  }

  private func resolve(_ record: MarkerRecord, match: FileMatch?) -> MarkerResolution {
    switch match {
    case nil: return .unresolved(record, .unknown(record.file))
    case .ambiguous(let paths): return .unresolved(record, .ambiguous(record.file, paths))
    case .found(let files, let missing) where files.isEmpty:
      return .unresolved(record, .split(record.file, missing, package: info.splitPackage?.string))
    case .found(let files, let missing):
      let sites = SiteFinder(record: record, files: files, machines: machines, symbols: symbols).find()
      let resolution = SiteResolver(resolver: self, record: record).resolution(of: sites)
      return missing.isEmpty
        ? resolution : resolution.lacking(splitFiles: missing, package: info.splitPackage?.string)
    }
  }
}
