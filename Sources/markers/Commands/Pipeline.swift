import Elfutils
import MarkerResolve
import MarkerScan
import MarkerWrite
import SystemPackage

/// Where a program lies on the machine that is probed, by where it lies here.
typealias Placement = (FilePath) -> String

/// A program is where the command line says, so that the answer does not depend on the current directory.
func placementAsGiven(_ path: FilePath) -> String {
  path.string.contains("/") ? path.string : "./" + path.string
}

/// The way from images and lists to reports, which `resolve`, `lint` and `emit` share.
struct Pipeline {
  private let lists: [MarkerList]
  private let options: ResolveOptions

  /// Reads the lists; one that cannot be read is told, and the others count.
  init(_ options: MarkerOptions, errors: inout ErrorReporter) {
    lists = options.listPaths.compactMap { path in
      errors.attempt { () throws(InputError) in try MarkerList(reading: path) }
    }
    self.options = ResolveOptions(sourcePrefixes: options.sourcePrefixes)
  }

  /// What is wrong with the lists.
  var listFindings: [LocatedFinding] { lists.flatMap(\.findings) }

  /// The records of the lists, in their order.
  var listRecords: [MarkerRecord] { lists.flatMap(\.records) }

  /// Resolves the markers of the images of one file: one, or one for each member of an archive.
  ///
  /// - Throws: when the file cannot be read, or has markers but no debugging information.
  func resolve(_ path: FilePath, placement: Placement) throws(ElfError) -> [ResolvedImage] {
    var result: [ResolvedImage] = []
    for image in try ElfFile.open(path) {
      result.append(try resolve(image, path: path, placement: placement))
    }
    return result
  }

  /// Resolves the markers of a file that holds exactly one image.
  ///
  /// - Throws: when it does not, or as `resolve` does.
  func resolveSingle(_ path: FilePath, placement: Placement) throws(ElfError) -> ResolvedImage {
    try resolve(try ElfFile.openSingle(path), path: path, placement: placement)
  }

  /// Resolves the markers of several files; a file that cannot be processed is told, and the run goes on.
  func resolveAll(
    _ paths: [FilePath], placement: Placement, errors: inout ErrorReporter
  ) -> [ResolvedImage] {
    var images: [ResolvedImage] = []
    for path in paths {
      images += errors.attempt { () throws(ElfError) in try resolve(path, placement: placement) } ?? []
    }
    return images
  }

  /// Tells the lines of the lists that could not be read, for a command whose answer holds no findings.
  func tellListErrors(_ errors: inout ErrorReporter) {
    for finding in listFindings.sorted() where finding.finding.kind.level == .error { errors.report(finding) }
  }

  private func resolve(
    _ image: ElfImage, path: FilePath, placement: Placement
  ) throws(ElfError) -> ResolvedImage {
    let target = try ProbeTarget(image: image, path: placement(path))
    let records = listRecords
    let resolutions = records.isEmpty ? [] : try Resolver(image: image, options: options).resolve(records)
    return ResolvedImage(
      name: image.displayName, buildID: image.buildID.map(hexadecimal), target: target,
      resolutions: resolutions, findings: [])
  }
}

/// One image with its resolved markers.
struct ResolvedImage {
  let name: String
  /// In hexadecimal, nil when the image has none.
  let buildID: String?
  let target: ProbeTarget
  var resolutions: [MarkerResolution]
  /// What is wrong with the image's records.
  let findings: [LocatedFinding]

  /// The report, with definitions that share `events` with those of other images.
  func report(
    options: DefinitionOptions, listFindings: [LocatedFinding], events: inout EventTable
  ) -> (report: Report, definitions: DefinitionSet) {
    let definitions = DefinitionSet(resolutions, target: target, options: options, sharing: &events)
    let report = Report(
      image: name, buildID: buildID, definitions: definitions, inputFindings: findings + listFindings)
    return (report, definitions)
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
