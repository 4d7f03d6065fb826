import CSource
public import SystemPackage

/// The markers that are written in a source tree.
public struct SourceScan: Sendable {
  /// In the order of the files and of the lines in them.
  public private(set) var records: [MarkerRecord] = []
  /// In the order of the files and of the lines in them.
  public private(set) var findings: [LocatedFinding] = []
  /// The files and directories that could not be read.
  public private(set) var errors: [InputError] = []

  /// The provider of markers in files that define no `MARKER_PROVIDER`: what the header gives built-in code.
  public static let defaultProvider = "kernel"

  /// Reads the sources below a directory, or one file.
  ///
  /// Records name their file from the directory on. (A relative directory stays part of the name: `drivers/net`
  /// is a piece of the tree that the compiler names in the same way.)
  ///
  /// - Parameter provider: whose the markers are where the file does not say.
  public init(reading root: FilePath, provider: String = defaultProvider) {
    let tree = SourceTree(root)
    errors = tree.errors
    for path in tree.files {
      do throws(InputError) {
        let bytes = try TextFile.read(path)
        read(bytes, path: path.string, name: Self.name(of: path, in: root), provider: provider)
      } catch {
        errors.append(error)
      }
    }
  }

  /// Reads one source's text.
  ///
  /// - Parameters:
  ///   - path: the file as findings name it.
  ///   - name: the file as records name it.
  public init(text: [UInt8], path: String, name: String, provider: String = defaultProvider) {
    read(text, path: path, name: name, provider: provider)
  }

  static func name(of path: FilePath, in root: FilePath) -> String {
    let isPlain = root.isRelative && !root.components.contains { $0.kind != .regular }
    let below = path.components.dropFirst(isPlain ? 0 : root.components.count)
    if below.isEmpty { return path.lastComponent?.string ?? path.string }
    return below.map(\.string).joined(separator: "/")
  }

  private mutating func read(_ bytes: [UInt8], path: String, name: String, provider: String) {
    // Few files of a tree have markers: looking for the word is much faster than reading all of them as C.
    guard bytes.contains(word: "MARKER") else { return }
    let providers = Self.providers(in: bytes)
    for use in SourceFile.uses(of: ["MARKER", "MARKER_IN"], in: bytes) {
      let reader = SourceMarker(use, path: path, file: name)
      let known = providers.last { $0.line < use.extent.start.line }?.name ?? provider
      switch reader.read(provider: known) {
      case .success(let record): records.append(record)
      case .failure(let problem): findings.append(problem.finding)
      }
    }
  }

  /// `#define MARKER_PROVIDER "name"`, each with its line.
  private static func providers(in bytes: [UInt8]) -> [(line: Int, name: String)] {
    SourceFile.definitions(of: "MARKER_PROVIDER", in: bytes).compactMap { definition in
      let text = definition.text
      guard text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
      return (definition.line, String(text.dropFirst().dropLast()))
    }
  }
}
