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
  let machines: MachineFunctions

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
    examine(records, showing: .nothing).map(\.resolution)
  }

  /// Resolves each record, in the order given, and shows what was asked for beside.
  ///
  /// - Parameter progress: told before each record how many are done.
  public func examine(
    _ records: [MarkerRecord], showing detail: ExaminedMarker.Detail, progress: (Int) -> Void = { _ in }
  ) -> [ExaminedMarker] {
    let matches = finder.find(Set(records.map(\.file)))
    return records.enumerated().map { index, record in
      progress(index)
      return examine(record, match: matches[record.file], detail)
    }
  }

  private func examine(
    _ record: MarkerRecord, match: FileMatch?, _ detail: ExaminedMarker.Detail
  ) -> ExaminedMarker {
    switch match {
    case nil: return ExaminedMarker(.unresolved(record, .unknown(record.file)))
    case .ambiguous(let paths): return ExaminedMarker(.unresolved(record, .ambiguous(record.file, paths)))
    case .found(let files, let missing) where files.isEmpty:
      return ExaminedMarker(
        .unresolved(record, .split(record.file, missing, package: info.splitPackage?.string)))
    case .found(let files, let missing):
      let search = SiteFinder(
        record: record, files: files, machines: machines, symbols: symbols, units: finder
      ).find()
      let (found, placed) = SiteResolver(resolver: self, record: record).resolution(of: search)
      var result = ExaminedMarker(
        missing.isEmpty
          ? found : found.lacking(splitFiles: missing, package: info.splitPackage?.string))
      switch detail {
      case .nothing: break
      case .trace:
        result.trace =
          TraceBuilder(resolver: self, record: record, search: search, placed: placed).trace()
      case .pictures:
        let moved = Dictionary(
          zip(search.sites.map(\.address), placed.map(\.address)), uniquingKeysWith: { first, _ in first })
        result.pictures =
          PictureBuilder(resolver: self, record: record, search: search, placed: moved).pictures()
      }
      return result
    }
  }
}

/// A resolved marker with what was asked for beside.
public struct ExaminedMarker: Sendable {
  public let resolution: MarkerResolution
  /// How its places were found; nil when not asked for, or when the image has no such file.
  public internal(set) var trace: MarkerTrace?
  /// One for each body that has a site; empty when not asked for.
  public internal(set) var pictures: [BodyPicture] = []

  /// What is shown of a marker beside its resolution.
  public enum Detail: Sendable {
    case nothing, trace, pictures
  }

  init(_ resolution: MarkerResolution) { self.resolution = resolution }
}
