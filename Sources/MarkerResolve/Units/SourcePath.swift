/// A source path as its components, "." and ".." resolved lexically; never looked up on the host.
struct SourcePath: Hashable {
  let isAbsolute: Bool
  let components: [Substring]

  init(_ text: String) {
    isAbsolute = text.hasPrefix("/")
    var parts: [Substring] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !text.hasPrefix("/") {
        parts.append(part)
      }
    }
    components = parts
  }

  var baseName: Substring { components.last ?? "" }

  var text: String { (isAbsolute ? "/" : "") + components.joined(separator: "/") }

  /// How well this path of a line table answers a wanted one: the number of leading components that the wanted
  /// path does not name, fewer is better; nil when the whole components of the wanted path are not its tail.
  func excess(over wanted: SourcePath) -> Int? {
    let tail = wanted.components.drop { $0 == ".." }
    guard !tail.isEmpty, components.count >= tail.count, components.suffix(tail.count).elementsEqual(tail)
    else {
      return nil
    }
    let excess = components.count - tail.count
    return wanted.isAbsolute && excess > 0 ? nil : excess
  }
}

/// A rewriting of the leading part of the paths in DWARF (`--source-prefix FROM=TO`).
public struct SourcePrefix: Sendable, Hashable {
  public let from: String
  public let to: String

  public init(from: String, to: String) {
    self.from = from
    self.to = to
  }

  /// The path with its leading part rewritten; the path as it is when it does not begin with whole components
  /// of `from`.
  public func apply(_ path: String) -> String {
    guard path.hasPrefix(from) else { return path }
    let rest = path.dropFirst(from.count)
    guard rest.isEmpty || from.hasSuffix("/") || rest.hasPrefix("/") else { return path }
    return to + rest
  }
}
