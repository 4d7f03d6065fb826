import Elfutils
import InstructionDecoder
import MarkerJudge
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
  /// Whether better lines are looked for where a probe costs a trap.
  private let offersLines: Bool
  private let debugDirectories: [FilePath]
  /// What is kept of each marker beside its resolution.
  var detail = ExaminedMarker.Detail.nothing
  /// Whether a marker of a list whose file no image has is kept, to be told.
  var hasWholeImages = true
  /// Which markers are resolved at all.
  var isWanted: (MarkerRecord) -> Bool = { _ in true }

  /// Reads the lists; one that cannot be read is told, and the others count.
  init(_ options: MarkerOptions, offersLines: Bool = false, errors: inout ErrorReporter) {
    self.offersLines = offersLines
    defer { ProgressLine.shared.end() }
    lists = options.listPaths.compactMap { path in
      ProgressLine.shared.tell("reading \(path)")
      return errors.attempt { () throws(InputError) in try MarkerList(reading: path) }
    }
    debugDirectories = options.debugDirectories.map { FilePath($0) }
    self.options = ResolveOptions(sourcePrefixes: options.sourcePrefixes)
  }

  /// What is wrong with the lists.
  var listFindings: [LocatedFinding] { lists.flatMap(\.findings) }

  /// The records of the lists, in their order.
  var listRecords: [MarkerRecord] { lists.flatMap(\.records) }

  /// Resolves the markers of a file that holds exactly one image.
  ///
  /// - Throws: when it does not, cannot be read, or has markers but no debugging information.
  func resolveSingle(
    _ path: FilePath, placement: Placement, errors: inout ErrorReporter
  ) throws(ElfError) -> ResolvedImage {
    defer { ProgressLine.shared.end() }
    ProgressLine.shared.tell("reading \(path)")
    let image = try ElfFile.openSingle(path, debugDirectories: debugDirectories)
    let target = try ProbeTarget(image: image, path: placement(path))
    return try resolve(OpenImage(image: image, target: target), kernel: nil, errors: &errors)
  }

  /// Resolves the markers of several files, and of all members of an archive; an input that cannot be processed is
  /// told, and the run goes on.
  ///
  /// A kernel among the images says by which rules the modules are judged.
  func resolveAll(
    _ paths: [FilePath], placement: Placement, errors: inout ErrorReporter
  ) -> [ResolvedImage] {
    defer { ProgressLine.shared.end() }
    var images: [OpenImage] = []
    for path in paths {
      ProgressLine.shared.tell("reading \(path)")
      images += errors.attempt { () throws(ElfError) in try open(path, placement: placement) } ?? []
    }
    let kernel =
      images.count < 2
      ? nil
      : images.first { $0.isKernel }.flatMap { kernel in
        errors.attempt { () throws(ElfError) in try KernelRules(image: kernel.image) }
      }
    var result: [ResolvedImage] = []
    for image in images {
      do throws(ElfError) {
        result.append(try resolve(image, kernel: kernel, errors: &errors))
      } catch {
        errors.report(error)
      }
    }
    return ResolvedImage.sortedOut(result, keepsStrays: hasWholeImages)
  }

  /// Tells the lines of the lists that could not be read, for a command whose answer holds no findings.
  func tellListErrors(_ errors: inout ErrorReporter) {
    for finding in listFindings.sorted() where finding.finding.kind.level == .error { errors.report(finding) }
  }

  private func open(_ path: FilePath, placement: Placement) throws(ElfError) -> [OpenImage] {
    var images: [OpenImage] = []
    for image in try ElfFile.open(path, debugDirectories: debugDirectories) {
      images.append(OpenImage(image: image, target: try ProbeTarget(image: image, path: placement(path))))
    }
    return images
  }

  private func resolve(
    _ opened: OpenImage, kernel: KernelRules?, errors: inout ErrorReporter
  ) throws(ElfError) -> ResolvedImage {
    let image = opened.image
    let scan = try RecordScan(image: image)
    let records = (scan.records + listRecords).filter(isWanted)
    if records.isEmpty { return resolved(opened, [], Judged(), scan) }
    let name = image.displayName
    ProgressLine.shared.tell("reading the debugging information of \(name)")
    let resolver = try Resolver(image: image, options: options)
    let markers = resolver.examine(records, showing: detail) { done in
      ProgressLine.shared.tell("resolving marker \(done + 1) of \(records.count) in \(name)")
    }
    ProgressLine.shared.tell("judging the probes of \(name)")
    let resolutions = markers.map(\.resolution)
    let judged = errors.attempt { () throws(ElfError) in
      try judge(resolutions, resolver, opened, kernel: kernel)
    }
    return resolved(opened, markers, judged ?? Judged(), scan)
  }

  private func resolved(
    _ opened: OpenImage, _ markers: [ExaminedMarker], _ judged: Judged, _ scan: RecordScan
  ) -> ResolvedImage {
    let image = opened.image
    let details = markers.map { ($0.resolution.record, $0) }
    return ResolvedImage(
      name: image.displayName, buildID: image.buildID.map(hexadecimal), target: opened.target,
      resolutions: markers.map(\.resolution),
      details: detail == .nothing ? [:] : Dictionary(details, uniquingKeysWith: { first, _ in first }),
      verdicts: judged.verdicts, nearestLines: judged.nearestLines, findings: scan.findings)
  }

  /// What the kernel makes of the probes, by their link addresses.
  private struct Judged {
    var verdicts: [UInt64: ExplainedVerdict] = [:]
    var nearestLines: [UInt64: Int] = [:]
  }

  /// What the kernel makes of a probe at each site, and which line would be better.
  private func judge(
    _ resolutions: [MarkerResolution], _ resolver: Resolver, _ opened: OpenImage, kernel: KernelRules?
  ) throws(ElfError) -> Judged {
    let addresses = Set(resolutions.flatMap { $0.sites.map(\.address) }).sorted()
    if addresses.isEmpty || !opened.hasRules { return Judged() }
    let known = opened.isKernel ? kernel : nil
    let rules: ProbeRules
    if let known {
      rules = .kernel(known)
    } else {
      rules = try ProbeRules(image: opened.image, kernel: kernel)
    }
    do throws(InstructionDecoderError) {
      let found = zip(addresses, try rules.verdicts(at: addresses))
      var judged = Judged(verdicts: Dictionary(found, uniquingKeysWith: { first, _ in first }))
      if offersLines {
        judged.nearestLines = try NearestLines(resolver: resolver, rules: rules)
          .find(resolutions, judged.verdicts)
      }
      return judged
    } catch {
      throw ElfError(operation: "judge probes in", path: opened.image.path, reason: error.reason)
    }
  }
}

/// One image that was opened, with what its definitions are written for.
private struct OpenImage {
  let image: ElfImage
  let target: ProbeTarget

  var isKernel: Bool {
    switch target {
    case .kernel: true
    case .module, .userFile, .object: false
    }
  }

  /// Whether it is known by which rules probes are judged: an object may be a kernel's or a program's, and only
  /// the kernel's build leaves these sections.
  var hasRules: Bool {
    switch target {
    case .kernel, .module, .userFile: true
    case .object:
      ["__mcount_loc", "__patchable_function_entries"].contains { image.section(named: $0) != nil }
    }
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
