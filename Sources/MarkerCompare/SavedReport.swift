/// What `markers resolve --format json` says of an image (Docs/resolve.schema.json). What only a reader looks at may
/// be missing.
public struct SavedReport: Decodable, Sendable, Hashable {
  public let version: Int
  public let image: String
  /// In hexadecimal; nil when the image has none.
  public let buildID: String?
  public let markers: [SavedMarker]
  /// What is to be said of the input itself.
  public let findings: [SavedFinding]?

  private enum CodingKeys: String, CodingKey {
    case version, image, markers, findings
    case buildID = "build_id"
  }
}

public struct SavedMarker: Decodable, Sendable, Hashable {
  public let provider: String
  public let name: String
  public let file: String
  /// 1-based.
  public let line: Int
  /// ok, approximate or none.
  public let status: String
  public let sites: [SavedSite]
  public let findings: [SavedFinding]?

  /// The marker as people name it: "provider:name".
  public var title: String { "\(provider):\(name)" }

  /// The expressions that the marker asks for, in its order; empty when it has no site.
  public var expressions: [String] { sites.first?.arguments.map(\.expression) ?? [] }
}

public struct SavedFinding: Decodable, Sendable, Hashable {
  public let code: String
  /// note, warning or error.
  public let level: String
  public let message: String
  public let notes: [String]?
  public let help: String?
  /// Where a finding that belongs to no marker points: a line of a file, or an image's section; nil for one of a
  /// marker.
  public let file: String?
  public let line: Int?
  public let image: String?
  public let section: String?
  public let offset: Int?
}

public struct SavedSite: Decodable, Sendable, Hashable {
  /// The link address in hexadecimal, "0x" before it.
  public let address: String?
  public let symbol: String?
  /// Bytes from the symbol.
  public let offset: Int?
  public let function: String?
  /// From the innermost inlined call outwards.
  public let inlineChain: [SavedFrame]?
  /// out-of-line, inlined, or a clone's suffix.
  public let copy: String?
  /// Why this address was chosen.
  public let reason: String?
  /// The line for tracefs; nil when none is written.
  public let definition: String?
  /// nil when there are no rules to judge by.
  public let verdict: SavedVerdict?
  public let arguments: [SavedArgument]

  private enum CodingKeys: String, CodingKey {
    case address, symbol, offset, function, copy, reason, definition, verdict, arguments
    case inlineChain = "inline_chain"
  }
}

public struct SavedFrame: Decodable, Sendable, Hashable {
  public let function: String
  /// Where it was called; nil when the debugging information does not say.
  public let callFile: String?
  public let callLine: Int?

  private enum CodingKeys: String, CodingKey {
    case function
    case callFile = "call_file"
    case callLine = "call_line"
  }
}

public struct SavedVerdict: Decodable, Sendable, Hashable {
  /// accepted, refused or never-armed.
  public let verdict: String
  public let errno: String?
  /// Why it is refused or slow; nil when there is nothing to say.
  public let reason: String?
  /// How the probe works once armed; nil unless it is accepted.
  public let probeClass: String?

  private enum CodingKeys: String, CodingKey {
    case verdict, errno, reason
    case probeClass = "class"
  }
}

public struct SavedArgument: Decodable, Sendable, Hashable {
  public let name: String
  public let expression: String
  /// The fetch expression; nil when there is no value.
  public let fetch: String?
  /// The type in tracefs' terms; nil when there is no value.
  public let type: String?
  /// Why there is no value, or none to rely on.
  public let reason: String?
}
