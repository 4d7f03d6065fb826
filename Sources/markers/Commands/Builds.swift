import Elfutils
import MarkerCompare
import MarkerScan
import MarkerWrite
import SystemPackage

/// Reads builds to compare: images, or reports that `markers resolve --format json` wrote.
struct Builds {
  let pipeline: Pipeline

  /// The report of a file; nil when it could not be read, which was told.
  func read(_ path: FilePath, _ errors: inout ErrorReporter) -> SavedReport? {
    guard let report = errors.attempt({ () throws(InputError) in try saved(path) }) else { return nil }
    if let report { return report }
    do throws(ElfError) {
      return try resolved(path, &errors)
    } catch {
      errors.report(error)
      return nil
    }
  }

  /// nil for what is no JSON; an image never begins so.
  func saved(_ path: FilePath) throws(InputError) -> SavedReport? {
    guard try TextFile.begins(path, with: UInt8(ascii: "{")) else { return nil }
    return try SavedReport(json: TextFile.read(path), path: path)
  }

  /// By way of the saved form, so that both ways say the same.
  private func resolved(_ path: FilePath, _ errors: inout ErrorReporter) throws(ElfError) -> SavedReport? {
    let resolved = try pipeline.resolveSingle(path, placement: placementAsGiven, errors: &errors)
    var events = EventTable(records: resolved.resolutions.map(\.record))
    let json = resolved.report(includesApproximate: true, events: &events).report.json.line
    return errors.attempt { () throws(InputError) in try SavedReport(json: Array(json.utf8), path: path) }
  }

  /// What a build is called when the user gives no name: the file without its directories and ".json".
  static func label(_ path: FilePath) -> String {
    guard let name = path.lastComponent else { return path.string }
    return name.extension == "json" ? name.stem : name.string
  }
}
